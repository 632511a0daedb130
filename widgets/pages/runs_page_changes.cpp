// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the Runs page that changes runs, and its dialogs.
#include "widgets/pages/experts_dialog.h"
#include "widgets/pages/run_actions.h"
#include "widgets/pages/run_changes.h"
#include "widgets/pages/run_detail.h"
#include "widgets/pages/run_marks_editor.h"
#include "widgets/pages/runs_page.h"
#include "widgets/tables/column_dialog.h"
#include "widgets/tables/difference_dialog.h"
#include "widgets/tables/run_filter_edit.h"
#include "widgets/tables/run_table.h"
#include "widgets/tables/run_table_model.h"

#include <QInputDialog>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <algorithm>
#include <iterator>

namespace retort {
namespace {

void openFor(QDialog* dialog) {
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

std::vector<RunRecord> takeOut(std::vector<RunRecord>& runs, const QStringList& ids) {
    const auto isKept = [&](const RunRecord& run) { return !ids.contains(QString::fromStdString(run.id)); };
    const auto taken = std::stable_partition(runs.begin(), runs.end(), isKept);
    std::vector<RunRecord> out(std::make_move_iterator(taken), std::make_move_iterator(runs.end()));
    runs.erase(taken, runs.end());
    return out;
}

} // namespace

void RunsPage::forgetChanges() {
    m_changes->stack().clear();
    m_undoBar->hide();
}

void RunsPage::applyMarks(const QString& id, const RunMarks& marks) {
    m_undoBar->hide();
    if (const RunRecord* run = m_model->find(id)) {
        RunRecord changed = *run;
        const bool areTagsNew = changed.marks.tags != marks.tags;
        changed.marks = marks;
        m_model->updateRun(changed);
        if (areTagsNew) refreshFields();
        refreshCount();
        if (selectedRun() != nullptr && selectedRun()->id == changed.id) refreshDetail();
    } else {
        const auto hidden = std::ranges::find(m_hidden, id.toStdString(), &RunRecord::id);
        if (hidden != m_hidden.end()) hidden->marks = marks;
    }
    Q_EMIT marked(id, marks);
}

void RunsPage::applyMove(const QStringList& ids, bool isIntoBin) {
    const bool isOutOfShown = isIntoBin != isBin();
    std::vector<RunRecord> shown = m_model->runs();
    std::vector<RunRecord>& from = isOutOfShown ? shown : m_hidden;
    std::vector<RunRecord>& to = isOutOfShown ? m_hidden : shown;
    std::ranges::move(takeOut(from, ids), std::back_inserter(to));
    m_model->setRuns(std::move(shown));
    m_undoBar->hide();
    refreshFields();
    refreshCount();
    refreshSelection();
    if (isIntoBin)
        Q_EMIT deleteRequested(ids);
    else
        Q_EMIT restoreRequested(ids);
}

void RunsPage::deleteSelected() {
    const QStringList ids = m_table->selectedIds();
    if (ids.isEmpty()) return;
    m_changes->moveToBin(ids, ids.size() == 1 ? tr("deletion of 1 run")
                                              : tr("deletion of %1 runs").arg(ids.size()));
    m_undoText->setText(ids.size() == 1 ? tr("1 run moved into the bin.")
                                        : tr("%1 runs moved into the bin.").arg(ids.size()));
    m_undoBar->show();
}

/// All of the bin unless some are selected. The one question of the page, because there is no way back.
void RunsPage::eraseRuns() {
    QStringList ids = m_table->selectedIds();
    for (const RunRecord& run : m_model->runs())
        if (m_table->selectedIds().isEmpty()) ids << QString::fromStdString(run.id);
    if (ids.isEmpty() || !isBin()) return;
    auto* box = new QMessageBox(QMessageBox::Warning, tr("Delete for Good"),
                                ids.size() == 1
                                    ? tr("Delete 1 run with its curves and checkpoints?")
                                    : tr("Delete %1 runs with their curves and checkpoints?").arg(ids.size()),
                                QMessageBox::Cancel, this);
    box->setObjectName(QStringLiteral("eraseQuestion"));
    box->setInformativeText(
        tr("This cannot be undone. Models that they made stay until they are collected."));
    QPushButton* erase = box->addButton(tr("&Delete for Good"), QMessageBox::DestructiveRole);
    erase->setObjectName(QStringLiteral("erase"));
    connect(erase, &QPushButton::clicked, this, [this, ids] {
        std::vector<RunRecord> bin = m_model->runs();
        takeOut(bin, ids);
        forgetChanges(); // some may be about these runs
        setBin(std::move(bin));
        refreshSelection();
        Q_EMIT eraseRequested(ids);
    });
    openFor(box);
}

/// All are starred unless all are so already.
void RunsPage::toggleStar(const QStringList& ids) {
    const auto isStarred = [this](const QString& id) { return m_model->find(id)->marks.starred; };
    const bool areAll = std::ranges::all_of(ids, isStarred);
    std::vector<RunChanges::Marking> markings;
    for (const QString& id : ids) {
        const RunMarks& before = m_model->find(id)->marks;
        markings.push_back({id, before, before});
        markings.back().after.starred = !areAll;
    }
    m_changes->mark(std::move(markings), areAll ? tr("taking away of stars") : tr("starring"));
}

void RunsPage::tagSelected() {
    const QStringList ids = m_table->selectedIds();
    if (ids.size() == 1) return m_detail->marks()->editTags();
    auto* dialog = new QInputDialog(this);
    dialog->setWindowTitle(tr("Tags"));
    dialog->setLabelText(tr("Tags to give %1 runs, separated by commas:").arg(ids.size()));
    connect(dialog, &QInputDialog::textValueSelected, this,
            [this, ids](const QString& tags) { addTags(ids, tags); });
    openFor(dialog);
}

void RunsPage::addTags(const QStringList& ids, const QString& tags) {
    std::vector<RunChanges::Marking> markings;
    for (const QString& id : ids) {
        const RunRecord* run = m_model->find(id);
        if (run == nullptr) continue;
        markings.push_back({id, run->marks, run->marks});
        std::vector<std::string>& after = markings.back().after.tags;
        for (const QString& tag : tags.split(QLatin1Char(',')))
            after.push_back(tag.toStdString());
        after = tidy_tags(after);
    }
    m_changes->mark(std::move(markings), tr("tags"));
}

void RunsPage::showColumns() {
    openFor(new ColumnDialog(*m_table, m_filter->fields(), this));
}

void RunsPage::showDifference() {
    std::vector<RunRecord> runs;
    for (const RunRecord* run : selected())
        runs.push_back(*run);
    if (runs.size() < 2) return;
    auto* dialog = new DifferenceDialog(runs, this);
    connect(dialog, &DifferenceDialog::columnsRequested, this, [this](const QStringList& pointers) {
        for (const QString& pointer : pointers)
            if (const RunField* field = m_filter->fields().find(pointer.toStdString()).field)
                m_table->showField(QString::fromStdString(field->path));
    });
    openFor(dialog);
}

void RunsPage::showExperts() {
    const RunRecord* run = selectedRun();
    auto model = run == nullptr ? std::nullopt : finished_model(*run, m_model->runs());
    if (!model) return;
    auto* dialog = new ExpertsDialog(std::move(*model), this);
    connect(dialog, &ExpertsDialog::runRequested, this, &RunsPage::runRequested);
    openFor(dialog);
}

} // namespace retort
