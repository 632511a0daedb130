// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pages/router_source.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPlainTextEdit;

namespace retort {

class EvidenceView;
class ProbabilityBars;

/// A box for a text, and what the router says of it while it is typed.
class DecisionPanel : public QWidget {
    Q_OBJECT
public:
    explicit DecisionPanel(QWidget* parent = nullptr);

    /// Must outlive the panel or the next call.
    void setSource(RouterSource* source);
    /// Asks again what this one says of the text.
    void setRun(const std::string& run);
    /// "en: confidence 0.97", "unknown: confidence 0.61 is below 0.83".
    [[nodiscard]] static QString sentence(const LiveDecision& decision);

private:
    QWidget* createInput();
    void decide();
    void show(const LiveDecision& decision);
    void showNothing();

    RouterSource* m_source = nullptr;
    std::string m_run;
    int m_request = 0; ///< of the newest; answers to others do not count
    QTimer m_typing;
    QPlainTextEdit* m_input = nullptr;
    QLabel* m_sentence = nullptr;
    ProbabilityBars* m_bars = nullptr;
    EvidenceView* m_evidence = nullptr;
};

} // namespace retort
