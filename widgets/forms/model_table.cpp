// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/model_table.h"

#include "analysis/modular_size.h"
#include "spec/grid.h"
#include "widgets/forms/model_outline.h"
#include "widgets/forms/tinted_label.h"

#include <QGridLayout>
#include <QLocale>

#include <functional>

namespace retort {
namespace {

QStringList column(const std::vector<ModelOutline>& models,
                   const std::function<QString(const ModelOutline&)>& text) {
    QStringList cells;
    for (const ModelOutline& model : models)
        cells << (model.isKnown() ? text(model) : QStringLiteral("–"));
    return cells;
}

QString count(std::int64_t number) {
    return shortCount(static_cast<double>(number));
}

} // namespace

ModelTable::ModelTable(QWidget* parent) : QWidget(parent), m_grid(new QGridLayout(this)) {
    setObjectName(QStringLiteral("modelTable"));
    m_grid->setContentsMargins({});
    m_grid->setHorizontalSpacing(16);
    m_grid->setVerticalSpacing(3);
    m_grid->setColumnStretch(0, 1);
}

void ModelTable::setRun(const RunSpec& spec) {
    clear();
    const std::vector<ModelOutline> models = modelOutlines(spec);
    if (models.size() > 1) addLine({}, column(models, [](const ModelOutline& m) { return m.title; }), {});
    addLine(tr("Parameters"), column(models, [](const ModelOutline& m) { return count(m.size.total); }), {});
    addLine(tr("in embeddings"),
            column(models, [](const ModelOutline& m) { return count(m.size.embedding); }),
            tr("Token and position tables, and the head where it is not tied."));
    addLine(tr("in blocks"),
            column(models, [](const ModelOutline& m) { return count(m.size.non_embedding); }), {});
    if (spec.modular)
        addLine(tr("active for one token"),
                column(models, [](const ModelOutline& m) { return count(m.active); }),
                tr("One expert, the common one where there is one, and one embedding and head."));
    addLine(tr("FLOPs per token"),
            column(models, [](const ModelOutline& m) { return shortCount(m.flops.forward); }),
            tr("Forward pass; training takes three times as many."));
    const TrainingMemory memory = memory_bytes(spec);
    addLine(tr("Memory in training"), {shortBytes(memory.total())},
            tr("Weights %1, gradients %2, optimiser %3, activations %4, teacher %5; an estimate.")
                .arg(shortBytes(memory.weights), shortBytes(memory.gradients), shortBytes(memory.optimiser),
                     shortBytes(memory.activations), shortBytes(memory.teacher)));
    addLine(tr("FLOPs of the run"), {shortCount(training_flops(spec))},
            tr("Training of one run, teacher's passes included."));
    if (has_expert_runs(spec)) addExpertRuns(spec);
    addLine(tr("Steps"), {count(total_steps(spec))},
            tr("Optimiser steps of %1 tokens each.").arg(tokens_per_step(spec)));
    if (spec.modular && modular_size(spec).dead > 0) addDeadParameters(modular_size(spec).dead);
}

void ModelTable::addExpertRuns(const RunSpec& spec) {
    double flops = 0;
    for (const std::string& expert : experts_of(spec))
        flops += training_flops(expert_run(spec, expert));
    addLine(tr("FLOPs of its experts"), {shortCount(flops)},
            tr("Each expert is trained by a run of its own, before this one."));
}

void ModelTable::addDeadParameters(std::int64_t dead) {
    auto* note = new TintedLabel(
        tr("The paper’s code would carry %1 more that nothing reads.").arg(count(dead)), this);
    note->setWordWrap(true);
    note->setToolTip(tr("A token embedding in each expert’s body: %1 parameters.")
                         .arg(QLocale().toString(static_cast<qlonglong>(dead))));
    m_grid->addWidget(note, m_lines++, 0, 1, 3);
}

void ModelTable::clear() {
    m_lines = 0; // the grid itself never forgets a row
    while (QLayoutItem* item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

void ModelTable::addLine(const QString& name, const QStringList& cells, const QString& help) {
    const int row = m_lines++;
    auto* label = new TintedLabel(name, this);
    label->setToolTip(help);
    m_grid->addWidget(label, row, 0);
    for (int i = 0; i < cells.size(); ++i) {
        auto* cell = new QLabel(cells[i], this);
        cell->setToolTip(help);
        cell->setAccessibleName(QStringLiteral("%1: %2").arg(name, cells[i]));
        cell->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_grid->addWidget(cell, row, i + 1 + (2 - static_cast<int>(cells.size())), Qt::AlignRight);
    }
}

} // namespace retort
