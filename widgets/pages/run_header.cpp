// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/run_header.h"

#include "widgets/forms/tinted_label.h"
#include "widgets/plots/number_text.h"
#include "widgets/plots/series_style.h"
#include "widgets/tables/run_status.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>
#include <cmath>

namespace retort {
namespace {

constexpr int progressSteps = 1000;

QString stepsText(const RunRecord& record) {
    const QString steps = wholeText(record.steps);
    if (record.total_steps <= 0) return steps;
    return RunHeader::tr("%1 of %2").arg(steps, wholeText(record.total_steps));
}

double secondsLeft(const RunRecord& record, const TrainingPace& pace) {
    if (!is_live(record.status) || pace.steps_per_second <= 0) return std::nan("");
    return static_cast<double>(record.total_steps - record.steps) / pace.steps_per_second;
}

QString lossText(const RunRecord& record) {
    if (record.summary.loss) return numberText(*record.summary.loss);
    return dash();
}

QString bestText(const RunRecord& record) {
    if (!record.best) return dash();
    return RunHeader::tr("%1 at %2").arg(numberText(record.best->loss), wholeText(record.best->step));
}

} // namespace

RunHeader::RunHeader(QWidget* parent) : QWidget(parent) {
    auto* top = new QHBoxLayout;
    top->addWidget(createTitle(), 1);
    top->addWidget(createButtons());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(6);
    layout->addLayout(top);
    layout->addWidget(createProgress());
    layout->addWidget(createFacts());
}

QWidget* RunHeader::createTitle() {
    auto* row = new QWidget;
    m_icon = new QLabel;
    m_label = new QLabel;
    m_label->setObjectName(QStringLiteral("runLabel"));
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.35);
    large.setBold(true);
    m_label->setFont(large);
    m_status = new QLabel;
    m_status->setObjectName(QStringLiteral("runStatus"));
    m_about = new TintedLabel;
    m_fidelity = new TintedLabel;
    m_fidelity->setObjectName(QStringLiteral("fidelity"));
    m_fidelity->setAccessibleName(tr("Fidelity"));
    m_fidelity->setFrameStyle(QFrame::Box | QFrame::Plain);
    m_fidelity->setContentsMargins(4, 0, 4, 0);
    m_fidelity->hide();
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    for (QLabel* label : {m_icon, m_label, m_fidelity, m_status, m_about})
        layout->addWidget(label);
    layout->addStretch(1);
    return row;
}

QPushButton* RunHeader::createButton(const QString& name, const QString& text, const QString& help) {
    auto* button = new QPushButton(text);
    button->setObjectName(name);
    button->setToolTip(help);
    button->setAccessibleDescription(help);
    return button;
}

QWidget* RunHeader::createButtons() {
    m_pause =
        createButton(QStringLiteral("pause"), tr("&Pause"), tr("Hold the run with its model in memory (F6)"));
    m_resume = createButton(QStringLiteral("resume"), tr("&Resume"),
                            tr("Go on, from memory or from the newest checkpoint (F6)"));
    m_stop = createButton(QStringLiteral("stop"), tr("S&top"),
                          tr("Save a checkpoint and end; it can be resumed later (Shift+F5)"));
    connect(m_pause, &QPushButton::clicked, this, &RunHeader::pauseRequested);
    connect(m_resume, &QPushButton::clicked, this, &RunHeader::resumeRequested);
    connect(m_stop, &QPushButton::clicked, this, &RunHeader::stopRequested);
    auto* hold = new QShortcut(Qt::Key_F6, this);
    hold->setWhatsThis(tr("Pause or resume"));
    connect(hold, &QShortcut::activated, this,
            [this] { (m_pause->isEnabled() ? m_pause : m_resume)->click(); });
    auto* stop = new QShortcut(Qt::SHIFT | Qt::Key_F5, this);
    stop->setWhatsThis(tr("Stop with a checkpoint"));
    connect(stop, &QShortcut::activated, m_stop, &QPushButton::click);
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    for (QPushButton* button : {m_pause, m_resume, m_stop})
        layout->addWidget(button);
    return row;
}

QWidget* RunHeader::createProgress() {
    auto* row = new QWidget;
    m_phase = new QLabel;
    m_phase->setObjectName(QStringLiteral("phase"));
    m_progress = new QProgressBar;
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setRange(0, progressSteps);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(10);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->addWidget(m_phase);
    layout->addWidget(m_progress, 1);
    return row;
}

QWidget* RunHeader::createFacts() {
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->setSpacing(28);
    addFact(row, QStringLiteral("step"), tr("Step"), tr("Optimiser steps done, of all"));
    addFact(row, QStringLiteral("tokens"), tr("Tokens"), tr("Target tokens trained on"));
    addFact(row, QStringLiteral("speed"), tr("Tokens/s"),
            tr("Over the last 20 seconds while it runs, else the mean of the run"));
    addFact(row, QStringLiteral("elapsed"), tr("Elapsed"), tr("Time of training, pauses left out"));
    addFact(row, QStringLiteral("left"), tr("Time left"),
            tr("Steps to go at the speed of the last 20 seconds"));
    addFact(row, QStringLiteral("loss"), tr("Validation loss"),
            tr("Nats per token, mean over the domains, newest evaluation"));
    addFact(row, QStringLiteral("best"), tr("Best"),
            tr("Lowest value of the criterion of the best checkpoint, and its step"));
    layout->addStretch(1);
    return row;
}

QLabel* RunHeader::addFact(QWidget* row, const QString& key, const QString& caption, const QString& help) {
    auto* cell = new QWidget;
    auto* name = new TintedLabel(caption);
    name->setScale(0.85);
    auto* value = new QLabel(dash());
    value->setObjectName(key);
    value->setAccessibleName(caption);
    QFont font = value->font();
    font.setWeight(QFont::DemiBold);
    value->setFont(font);
    cell->setToolTip(help);
    auto* layout = new QVBoxLayout(cell);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(name);
    layout->addWidget(value);
    row->layout()->addWidget(cell);
    m_facts.insert(key, value);
    return value;
}

void RunHeader::show(const RunRecord& record, const TrainingPace& pace) {
    showStatus(record);
    showProgress(record);
    showFacts(record, pace);
}

void RunHeader::setFidelity(const QString& word) {
    m_fidelity->setText(word);
    m_fidelity->setVisible(!word.isEmpty());
    if (word == QLatin1String("paper"))
        m_fidelity->setToolTip(tr("As arXiv 2407.19610 and its code compute, quirks included"));
    else if (word == QLatin1String("mixed"))
        m_fidelity->setToolTip(tr("Some fields as the code of arXiv 2407.19610 has them, others corrected"));
    else
        m_fidelity->setToolTip(tr("With the quirks of the paper's code corrected"));
}

void RunHeader::showStatus(const RunRecord& record) {
    const bool dark = isDark(palette());
    const QString reason = QString::fromStdString(record.reason);
    m_label->setText(QString::fromStdString(record.label()));
    m_icon->setPixmap(statusIcon(record.status, dark).pixmap(18, 18));
    m_status->setText(statusText(record.status));
    m_status->setStyleSheet(
        QStringLiteral("color: %1; font-weight: 600").arg(statusColor(record.status, dark).name()));
    m_status->setToolTip(statusHelp(record.status));
    m_about->setText(reason.isEmpty() ? taskText(record) : reason);
    m_pause->setIcon(buttonIcon(RunStatus::paused, palette()));
    m_resume->setIcon(buttonIcon(RunStatus::running, palette()));
    m_stop->setIcon(buttonIcon(RunStatus::stopped, palette()));
    m_pause->setEnabled(record.status == RunStatus::running);
    m_resume->setEnabled(record.status == RunStatus::paused || is_resumable(record.status));
    m_stop->setEnabled(is_live(record.status));
}

void RunHeader::showProgress(const RunRecord& record) {
    if (!m_isTraining && is_live(record.status)) return;
    const double share = record.total_steps > 0 ? double(record.steps) / double(record.total_steps) : 0;
    m_progress->setRange(0, progressSteps);
    m_progress->setValue(static_cast<int>(std::lround(share * progressSteps)));
    const QString percent = wholeText(static_cast<int>(share * 100));
    m_phase->setText(record.status == RunStatus::running ? tr("Training, %1 %").arg(percent)
                                                         : tr("%1 % trained").arg(percent));
}

void RunHeader::showFacts(const RunRecord& record, const TrainingPace& pace) {
    const double mean = record.wall_seconds > 0 ? double(record.tokens) / record.wall_seconds : 0;
    const double speed = is_live(record.status) && pace.tokens_per_second > 0 ? pace.tokens_per_second : mean;
    m_facts[QStringLiteral("step")]->setText(stepsText(record));
    m_facts[QStringLiteral("tokens")]->setText(countText(double(record.tokens)));
    m_facts[QStringLiteral("speed")]->setText(speed > 0 ? wholeText(static_cast<std::int64_t>(speed))
                                                        : dash());
    m_facts[QStringLiteral("elapsed")]->setText(durationText(record.wall_seconds));
    m_facts[QStringLiteral("left")]->setText(durationText(secondsLeft(record, pace)));
    m_facts[QStringLiteral("loss")]->setText(lossText(record));
    m_facts[QStringLiteral("best")]->setText(bestText(record));
}

void RunHeader::showPhase(const Progressed& progress) {
    m_isTraining = false;
    m_phase->setText(QString::fromStdString(progress.phase));
    m_progress->setRange(0, progress.total > 0 ? progressSteps : 0);
    if (progress.total > 0)
        m_progress->setValue(static_cast<int>(progress.done / progress.total * progressSteps));
}

void RunHeader::showTraining() {
    m_isTraining = true;
}

} // namespace retort
