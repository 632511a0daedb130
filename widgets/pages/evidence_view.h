// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/routing.h"

#include <QTextEdit>
#include <QWidget>
#include <string>
#include <vector>

class QLabel;

namespace retort {

/// A piece's place in the text and what it gave to the decision.
struct WeighedPiece {
    int begin = 0;     ///< UTF-16 units of the text
    int end = 0;       ///< begin: a part of a letter that the next piece completes
    double weight = 0; ///< of the features that it is a part of, each shared among its pieces
};

/// `text` becomes the joined pieces. Features beyond the pieces are left out.
[[nodiscard]] std::vector<WeighedPiece> weighPieces(const std::vector<std::string>& pieces,
                                                    const std::vector<TokenEvidence>& evidence,
                                                    QString& text);

/// A text for reading in which what spoke for the decision has a blue background and what spoke against it a
/// vermillion one, the stronger the more weight. The weight of a token stands in its tooltip, and below the
/// text for the token at the text cursor.
class EvidenceView : public QWidget {
    Q_OBJECT
public:
    explicit EvidenceView(QWidget* parent = nullptr);

    void setText(const std::vector<std::string>& pieces, const std::vector<TokenEvidence>& evidence);
    void clear();
    /// "“ the”: 0.412 for the decision"; empty where there is no token.
    [[nodiscard]] QString describe(int position) const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void highlight();
    void showToken();
    [[nodiscard]] const WeighedPiece* pieceAt(int position) const;

    std::vector<WeighedPiece> m_pieces;
    QTextEdit* m_text;
    QLabel* m_token;
};

} // namespace retort
