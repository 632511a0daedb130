// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/run_record.h"
#include "widgets/pages/try_source.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QToolButton;

namespace retort {

class AlternativeModel;
class ProbabilityBars;
class TintedLabel;
class TokenTextView;

/// One run's continuation: which run, for a modular one who writes and what the router said of the prompt,
/// the text, and what else might have come in the place of the chosen token.
class ContinuationPanel : public QWidget {
    Q_OBJECT
public:
    explicit ContinuationPanel(QWidget* parent = nullptr);

    /// Keeps the chosen one where it is still there.
    void setRuns(const std::vector<RunRecord>& runs);
    /// One that is not there is ignored.
    void chooseRun(const std::string& id);
    [[nodiscard]] std::string run() const;
    /// As GenerationRequest::setting.
    [[nodiscard]] std::string setting() const;
    void setCanClose(bool can);

    void begin(const QString& prompt);
    void showStart(const GenerationStart& start);
    void append(const std::vector<GeneratedToken>& more);
    void showEnd(GenerationEnd end, const QString& problem);

Q_SIGNALS:
    void closeRequested();

private:
    QWidget* createHeader();
    void showSettings();
    void showToken(int token);
    [[nodiscard]] QString startText(const GenerationStart& start) const;
    [[nodiscard]] QString endText(GenerationEnd end) const;

    std::vector<RunRecord> m_runs;
    QString m_start; ///< what is said of the prompt
    QComboBox* m_run = nullptr;
    QComboBox* m_setting = nullptr;
    QToolButton* m_close = nullptr;
    QLabel* m_state;
    ProbabilityBars* m_bars;
    TokenTextView* m_text;
    TintedLabel* m_token;
    AlternativeModel* m_alternatives;
};

} // namespace retort
