// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/continuation_panel.h"

#include "spec/grid.h"
#include "spec/run_spec_fields.h"
#include "widgets/forms/tinted_label.h"
#include "widgets/forms/tool_button.h"
#include "widgets/pages/token_text_view.h"
#include "widgets/pages/tool_row.h"
#include "widgets/plots/number_text.h"
#include "widgets/plots/probability_bars.h"
#include "widgets/tables/alternative_table.h"
#include "widgets/tables/visible_text.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QToolButton>
#include <algorithm>

namespace retort {
namespace {

QString runText(const RunRecord& run) {
    return ContinuationPanel::tr("%1 (%2)").arg(QString::fromStdString(run.label()),
                                                QString::fromUtf8(name_of(run.task)));
}

ToolItem itemOf(const std::string& setting) {
    const QString text = QString::fromStdString(setting);
    return {text, text};
}

/// Who may write in a modular run.
std::vector<ToolItem> settingsOf(const RunRecord& run) {
    const RunSpec spec = read_run_spec(run.spec).spec;
    if (!spec.modular) return {};
    const QString usual =
        asks_router(spec) ? ContinuationPanel::tr("by the router") : ContinuationPanel::tr("all mixed");
    std::vector<ToolItem> items = {{usual, QString()}};
    for (const std::string& expert : experts_of(spec))
        items.push_back(itemOf(expert));
    for (const char* mixed : {"common", "average(all)", "average(all)+common", "posterior(all)",
                              "posterior(all)+common", "parameters(all)", "parameters(all)+common"})
        if (fault_of_setting(mixed, spec).empty() &&
            (main_setting(spec).common || std::string_view(mixed) != "common"))
            items.push_back(itemOf(mixed));
    return items;
}

} // namespace

ContinuationPanel::ContinuationPanel(QWidget* parent)
    : QWidget(parent),
      m_state(new QLabel),
      m_bars(new ProbabilityBars),
      m_text(new TokenTextView),
      m_token(new TintedLabel),
      m_alternatives(new AlternativeModel(this)) {
    m_state->setObjectName(QStringLiteral("state"));
    m_state->setWordWrap(true);
    m_bars->hide();
    m_token->setObjectName(QStringLiteral("token"));
    m_token->setWordWrap(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(createHeader());
    layout->addWidget(m_state);
    layout->addWidget(m_bars);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_token);
    layout->addWidget(new AlternativeTable(m_alternatives));
    connect(m_text, &TokenTextView::chosen, this, &ContinuationPanel::showToken);
    setMinimumWidth(240);
    showToken(-1);
}

QWidget* ContinuationPanel::createHeader() {
    auto* header = new QWidget;
    const auto addCombo = [](const char* name, const QString& spoken, const QString& help) {
        auto* combo = new QComboBox;
        combo->setObjectName(QLatin1String(name));
        combo->setAccessibleName(spoken);
        combo->setToolTip(help);
        combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        return combo;
    };
    m_run = addCombo("run", tr("Run that writes"), tr("Which run writes in this column"));
    m_setting = addCombo("setting", tr("Expert that writes"),
                         tr("Which expert writes, or how the experts are mixed"));
    m_close = createToolButton("closeColumn", tr("Remove"), tr("Take this column away"));
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins({});
    row->addWidget(m_run, 3);
    row->addWidget(m_setting, 2);
    row->addWidget(m_close);
    connect(m_run, &QComboBox::currentIndexChanged, this, &ContinuationPanel::showSettings);
    connect(m_close, &QToolButton::clicked, this, &ContinuationPanel::closeRequested);
    return header;
}

void ContinuationPanel::setRuns(const std::vector<RunRecord>& runs) {
    m_runs = runs;
    std::vector<ToolItem> items;
    for (const RunRecord& run : runs)
        items.push_back({runText(run), QString::fromStdString(run.id)});
    setItems(*m_run, items);
    showSettings();
}

void ContinuationPanel::chooseRun(const std::string& id) {
    const int place = m_run->findData(QString::fromStdString(id));
    if (place >= 0) m_run->setCurrentIndex(place);
}

std::string ContinuationPanel::run() const {
    return m_run->currentData().toString().toStdString();
}

std::string ContinuationPanel::setting() const {
    return m_setting->isHidden() ? std::string() : m_setting->currentData().toString().toStdString();
}

void ContinuationPanel::setCanClose(bool can) {
    m_close->setEnabled(can);
}

void ContinuationPanel::showSettings() {
    const auto found = std::ranges::find(m_runs, run(), &RunRecord::id);
    const bool isModular = found != m_runs.end() && found->task == Task::modular;
    if (isModular) setItems(*m_setting, settingsOf(*found));
    m_setting->setVisible(isModular);
}

void ContinuationPanel::begin(const QString& prompt) {
    m_start.clear();
    m_state->setText(tr("Reading the text…"));
    m_bars->hide();
    m_text->setPrompt(prompt);
    m_alternatives->clear();
    showToken(-1);
}

QString ContinuationPanel::startText(const GenerationStart& start) const {
    QStringList sentences;
    if (start.prompt_tokens_unread > 0)
        sentences << tr("The text is longer than the context; its first %1 tokens were not read.")
                         .arg(start.prompt_tokens_unread);
    if (!start.route) return sentences.join(QLatin1Char(' '));
    const QString writer = QString::fromStdString(start.route->writer),
                  decided = QString::fromStdString(start.route->decided);
    if (start.route->decided.empty())
        sentences << tr("Written by %1.").arg(writer);
    else if (start.route->abstained())
        sentences << tr("Written by %1; the router is not sure.").arg(writer);
    else
        sentences << tr("Written by %1; the router says %2.").arg(writer, decided);
    return sentences.join(QLatin1Char(' '));
}

void ContinuationPanel::showStart(const GenerationStart& start) {
    m_start = startText(start);
    m_state->setText(m_start.isEmpty() ? tr("Writing…") : m_start);
    if (!start.route || start.route->domains.empty()) return;
    m_bars->setProbabilities(start.route->domains, start.route->probabilities, start.route->threshold);
    m_bars->show();
}

void ContinuationPanel::append(const std::vector<GeneratedToken>& more) {
    m_text->append(more);
}

QString ContinuationPanel::endText(GenerationEnd end) const {
    const auto count = static_cast<qlonglong>(m_text->tokens().size());
    switch (end) {
    case GenerationEnd::document:
        return tr("The document ended after %1 tokens.").arg(count);
    case GenerationEnd::stopped:
        return tr("Stopped after %1 tokens.").arg(count);
    default:
        return tr("%1 tokens.").arg(count);
    }
}

void ContinuationPanel::showEnd(GenerationEnd end, const QString& problem) {
    if (!problem.isEmpty()) return m_state->setText(problem);
    m_state->setText(m_start.isEmpty() ? endText(end) : m_start + QLatin1Char(' ') + endText(end));
}

void ContinuationPanel::showToken(int token) {
    if (token < 0) {
        m_token->setText(tr("The more shaded, the less probable. Point at a token, or walk with ← and →."));
        return;
    }
    const GeneratedToken& chosen = m_text->tokens()[static_cast<std::size_t>(token)];
    m_alternatives->setToken(chosen);
    m_token->setText(
        tr("Token %1: “%2”, probability %3")
            .arg(chosen.number)
            .arg(visibleText(QString::fromStdString(chosen.piece)), decimalText(chosen.probability)));
}

} // namespace retort
