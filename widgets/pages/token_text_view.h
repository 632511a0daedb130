// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/generation.h"

#include <QTextEdit>
#include <vector>

namespace retort {

/// A text while a model writes it, behind its prompt: each token the more shaded the less probable it was.
/// The mouse, or the arrows Left and Right, choose a token.
class TokenTextView : public QTextEdit {
    Q_OBJECT
public:
    explicit TokenTextView(QWidget* parent = nullptr);

    /// Begins anew.
    void setPrompt(const QString& prompt);
    void append(const std::vector<GeneratedToken>& more);
    [[nodiscard]] const std::vector<GeneratedToken>& tokens() const { return m_tokens; }
    /// Place of the chosen token; -1: none.
    [[nodiscard]] int current() const { return m_current; }
    void choose(int token);
    /// Share of the shade for a probability: 0 where it was certain, 1 at a ten-thousandth and below.
    [[nodiscard]] static double shade(double probability);

Q_SIGNALS:
    void chosen(int token);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void write(const GeneratedToken& token);
    void redraw();
    void markCurrent();
    [[nodiscard]] int tokenAt(int position) const;

    QString m_prompt;
    std::vector<GeneratedToken> m_tokens;
    std::vector<int> m_ends; ///< of each token in the document
    int m_current = -1;
};

} // namespace retort
