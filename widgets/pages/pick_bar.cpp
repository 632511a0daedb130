// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/pick_bar.h"

#include "widgets/forms/tinted_label.h"
#include "widgets/forms/tool_button.h"
#include "widgets/plots/number_text.h"
#include "widgets/tables/run_status.h"

#include <QHBoxLayout>
#include <QMenu>
#include <algorithm>

namespace retort {
namespace {

QString nameOf(const RunRecord& run) {
    return QString::fromStdString(run.label());
}

QString stateOf(const RunRecord& run) {
    return PickBar::tr("%1, step %2 of %3")
        .arg(statusText(run.status), wholeText(run.steps), wholeText(run.total_steps));
}

} // namespace

PickBar::PickBar(QWidget* parent)
    : QWidget(parent),
      m_words(new TintedLabel(QString())),
      m_isolate(createToolButton("isolatePicked", tr("Hi&de others"),
                                 tr("Show this variant alone; again, show all (Shift+click in the legend)"))),
      m_show(createToolButton("showPicked", tr("Show r&un"), tr("On the page Runs (Return in the plot)"))),
      m_menu(new QMenu(m_show)) {
    m_words->setObjectName(QStringLiteral("pickedWords"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 0, 0, 0);
    layout->addWidget(m_words, 1);
    layout->addWidget(m_isolate);
    layout->addWidget(m_show);
    m_words->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_show->setPopupMode(QToolButton::InstantPopup);
    connect(m_isolate, &QToolButton::clicked, this, &PickBar::isolationRequested);
    connect(m_show, &QToolButton::clicked, this, [this] {
        if (m_runs.size() == 1) Q_EMIT runRequested(QString::fromStdString(m_runs.front().id));
    });
    connect(m_menu, &QMenu::aboutToShow, this, &PickBar::fillMenu);
    connect(m_menu, &QMenu::triggered, this,
            [this](const QAction* action) { Q_EMIT runRequested(action->data().toString()); });
    setRuns({}, {});
}

void PickBar::setRuns(const QString& curve, std::vector<RunRecord> runs) {
    m_curve = curve;
    m_runs = std::move(runs);
    m_words->setText(words());
    for (QToolButton* button : {m_isolate, m_show})
        button->setEnabled(!m_runs.empty());
    m_show->setMenu(m_runs.size() > 1 ? m_menu : nullptr);
}

QString PickBar::words() const {
    if (m_runs.empty()) return tr("Click a curve to pick it, or press Page down.");
    if (m_runs.size() == 1) return tr("%1: %2").arg(nameOf(m_runs.front()), stateOf(m_runs.front()));
    const auto done = std::ranges::count(m_runs, RunStatus::done, &RunRecord::status);
    return tr("%1: %2 runs, %3 done").arg(m_curve).arg(m_runs.size()).arg(done);
}

void PickBar::fillMenu() {
    m_menu->clear();
    for (const RunRecord& run : m_runs)
        m_menu->addAction(tr("%1 (%2)").arg(nameOf(run), stateOf(run)))
            ->setData(QString::fromStdString(run.id));
}

} // namespace retort
