// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/decision_panel.h"

#include "widgets/forms/bold_font.h"
#include "widgets/pages/evidence_view.h"
#include "widgets/plots/number_text.h"
#include "widgets/plots/probability_bars.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QPointer>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>
#include <chrono>

namespace retort {
namespace {

constexpr std::chrono::milliseconds pauseOfTyping{150};

QString confidenceText(double value) {
    return decimalText(value, 2);
}

} // namespace

DecisionPanel::DecisionPanel(QWidget* parent)
    : QWidget(parent), m_sentence(new QLabel), m_bars(new ProbabilityBars), m_evidence(new EvidenceView) {
    m_sentence->setObjectName(QStringLiteral("decision"));
    m_sentence->setAccessibleName(tr("Decision"));
    m_sentence->setWordWrap(true);
    m_sentence->setFont(boldFont(m_sentence->font()));
    auto* content = new QSplitter(Qt::Vertical);
    content->setChildrenCollapsible(false);
    content->setHandleWidth(6);
    content->addWidget(createInput());
    content->addWidget(m_evidence);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 6);
    layout->setSpacing(6);
    layout->addWidget(m_sentence);
    layout->addWidget(m_bars);
    layout->addWidget(content, 1);
    m_typing.setSingleShot(true);
    m_typing.setInterval(pauseOfTyping);
    connect(&m_typing, &QTimer::timeout, this, &DecisionPanel::decide);
    showNothing();
}

QWidget* DecisionPanel::createInput() {
    m_input = new QPlainTextEdit;
    m_input->setObjectName(QStringLiteral("typed"));
    m_input->setAccessibleName(tr("Text to decide"));
    m_input->setPlaceholderText(tr("Type or paste a text, in any language or in Python."));
    m_input->setTabChangesFocus(true);
    connect(m_input, &QPlainTextEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    return m_input;
}

void DecisionPanel::setSource(RouterSource* source) {
    m_source = source;
    setRun({});
}

void DecisionPanel::setRun(const std::string& run) {
    if (m_run == run) return;
    m_run = run;
    decide();
}

void DecisionPanel::decide() {
    m_typing.stop();
    const int request = ++m_request;
    const QString text = m_input->toPlainText();
    if (m_source == nullptr || m_run.empty() || text.isEmpty()) return showNothing();
    m_source->decide(m_run, text.toStdString(),
                     [panel = QPointer(this), request](const LiveDecision& decision) {
                         if (panel != nullptr && panel->m_request == request) panel->show(decision);
                     });
}

void DecisionPanel::showNothing() {
    m_sentence->setText(tr("What would this router say?"));
    m_bars->setProbabilities({}, {}, 0);
    m_evidence->clear();
}

QString DecisionPanel::sentence(const LiveDecision& decision) {
    if (!decision.problem.empty()) return QString::fromStdString(decision.problem);
    if (decision.probabilities.empty()) return tr("There is nothing to decide by in this text.");
    const QString confidence = confidenceText(*std::ranges::max_element(decision.probabilities));
    if (decision.decided != unknown_domain)
        return tr("%1: confidence %2").arg(QString::fromStdString(decision.decided), confidence);
    return tr("unknown: confidence %1 is below %2").arg(confidence, confidenceText(decision.threshold));
}

void DecisionPanel::show(const LiveDecision& decision) {
    m_sentence->setText(sentence(decision));
    m_bars->setProbabilities(decision.domains, decision.probabilities, decision.threshold);
    m_evidence->setText(decision.pieces, decision.evidence);
}

} // namespace retort
