// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/run_detail.h"

#include "widgets/pages/run_marks_editor.h"
#include "widgets/plots/number_text.h"
#include "widgets/tables/json_tree.h"
#include "widgets/tables/run_status.h"

#include <QFontDatabase>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QVBoxLayout>

namespace retort {
namespace {

void put(Json& json, const QString& name, const QString& value) {
    if (!value.isEmpty()) json[name.toStdString()] = value.toStdString();
}

Json numbersOf(const std::map<std::string, double>& values, double scale, const QString& unit) {
    Json json = Json::object();
    for (const auto& [name, value] : values)
        json[name] = (numberText(value * scale) + unit).toStdString();
    return json;
}

Json trainingOf(const RunRecord& run) {
    Json json = Json::object();
    put(json, RunDetail::tr("Steps"),
        RunDetail::tr("%1 of %2").arg(wholeText(run.steps), wholeText(run.total_steps)));
    put(json, RunDetail::tr("Tokens"), wholeText(run.tokens));
    put(json, RunDetail::tr("Training time"), durationText(run.wall_seconds));
    put(json, RunDetail::tr("Parameters"), wholeText(run.parameters.total));
    put(json, RunDetail::tr("Parameters per token"), wholeText(run.parameters.active));
    if (run.summary.ce) put(json, RunDetail::tr("Last CE"), numberText(*run.summary.ce));
    if (run.summary.kd) put(json, RunDetail::tr("Last KD"), numberText(*run.summary.kd));
    return json;
}

Json evaluationOf(const RunRecord& run) {
    Json json = Json::object();
    if (run.summary.loss) put(json, RunDetail::tr("Loss (nats per token)"), numberText(*run.summary.loss));
    if (run.best)
        put(json, RunDetail::tr("Best loss"),
            RunDetail::tr("%1 at step %2").arg(numberText(run.best->loss), wholeText(run.best->step)));
    if (!run.summary.perplexity.empty())
        json[RunDetail::tr("Perplexity").toStdString()] = numbersOf(run.summary.perplexity, 1, {});
    if (!run.summary.accuracy.empty())
        json[RunDetail::tr("Accuracy").toStdString()] =
            numbersOf(run.summary.accuracy, 100, QStringLiteral(" %"));
    return json;
}

} // namespace

RunDetail::RunDetail(QWidget* parent)
    : QWidget(parent),
      m_title(new QLabel),
      m_marks(new RunMarksEditor),
      m_tabs(nullptr),
      m_summary(new JsonTree),
      m_spec(new JsonTree),
      m_json(new QPlainTextEdit) {
    m_summary->setHeaderHidden(true);
    m_summary->setAccessibleName(tr("Summary of the run"));
    m_spec->setAccessibleName(tr("Specification of the run"));
    m_json->setAccessibleName(tr("Run as JSON"));
    m_json->setReadOnly(true);
    m_json->setFrameShape(QFrame::NoFrame);
    m_json->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_json->setTabChangesFocus(true);
    m_json->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    auto* tabs = new QTabWidget;
    tabs->setAccessibleName(tr("About the run"));
    tabs->addTab(m_summary, tr("Su&mmary"));
    tabs->addTab(m_spec, tr("Spe&cification"));
    tabs->addTab(m_json, tr("&JSON"));
    m_tabs = tabs;
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_title->setWordWrap(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(4, 0, 0, 0);
    layout->addWidget(m_title);
    layout->addWidget(m_marks);
    layout->addWidget(m_tabs, 1);
}

void RunDetail::show(const RunRecord& run) {
    m_title->setText(QStringLiteral("<b>%1</b>").arg(QString::fromStdString(run.label()).toHtmlEscaped()));
    m_marks->show(run);
    m_marks->setVisible(true);
    m_summary->setJson(summaryOf(run));
    m_spec->setJson(run.spec);
    m_json->setPlainText(QString::fromStdString(to_json(run).dump(2)));
    m_title->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_tabs->setVisible(true);
}

void RunDetail::showWords(const QString& words) {
    m_title->setText(words);
    m_title->setAlignment(Qt::AlignCenter);
    m_marks->setVisible(false);
    m_tabs->setVisible(false);
}

Json RunDetail::summaryOf(const RunRecord& run) const {
    Json about = Json::object();
    put(about, tr("Status"), statusText(run.status));
    put(about, tr("Reason"), QString::fromStdString(run.reason));
    put(about, tr("Task"), taskText(run));
    put(about, tr("Id"), QString::fromStdString(run.id));
    put(about, tr("Attempt"), QString::number(run.attempt));
    put(about, tr("Created"), createdText(run));
    put(about, tr("Model"), QString::fromStdString(run.model_artifact));
    return {{tr("Run").toStdString(), about},
            {tr("Training").toStdString(), trainingOf(run)},
            {tr("Newest evaluation").toStdString(), evaluationOf(run)}};
}

} // namespace retort
