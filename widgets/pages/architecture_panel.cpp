// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/architecture_panel.h"

#include "widgets/forms/bold_font.h"
#include "widgets/forms/tinted_label.h"
#include "widgets/forms/tool_button.h"
#include "widgets/pages/tool_row.h"
#include "widgets/plots/figure_file.h"
#include "widgets/plots/score_plot.h"
#include "widgets/tables/grid_table.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

namespace retort {
namespace {

QComboBox* createCombo(const char* name, const QString& label, const QString& help, QHBoxLayout& row) {
    auto* words = new QLabel(label);
    auto* combo = new QComboBox;
    combo->setObjectName(QLatin1String(name));
    combo->setAccessibleName(spokenName(label));
    combo->setToolTip(help);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    words->setBuddy(combo);
    row.addWidget(words);
    row.addWidget(combo);
    return combo;
}

} // namespace

ArchitecturePanel::ArchitecturePanel(QWidget* parent) : QWidget(parent), m_model(new GridModel(this)) {
    m_domains = new ScorePlot(tr("Quality by domain"));
    m_domains->setObjectName(QStringLiteral("domainBars"));
    m_active = new ScorePlot(tr("Loss by active parameters"));
    m_active->setObjectName(QStringLiteral("activeScatter"));
    m_active->setExportText(tr("Ex&port figure…"));
    auto* plots = new QSplitter(Qt::Horizontal);
    auto* all = new QSplitter(Qt::Vertical);
    for (QSplitter* splitter : {plots, all}) {
        splitter->setChildrenCollapsible(false);
        splitter->setHandleWidth(6);
    }
    plots->addWidget(m_domains);
    plots->addWidget(m_active);
    plots->setSizes({1200, 1000});
    all->addWidget(plots);
    all->addWidget(createGrid());
    all->setSizes({1000, 1000});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->addWidget(all);
    setQualities({}, {});
}

QWidget* ArchitecturePanel::createGrid() {
    m_table = new GridTable(m_model);
    m_nothing =
        new TintedLabel(tr("None of these runs has an evaluation grid; modular runs measure theirs at "
                           "their end."));
    m_nothing->setObjectName(QStringLiteral("noGrid"));
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins({});
    layout->setSpacing(4);
    layout->addWidget(createGridTools());
    layout->addWidget(m_table, 1);
    layout->addWidget(m_nothing, 1);
    return box;
}

QWidget* ArchitecturePanel::createGridTools() {
    m_tools = new QWidget;
    auto* row = new QHBoxLayout(m_tools);
    row->setContentsMargins({});
    auto* title = new QLabel(tr("Evaluation grid"));
    title->setFont(boldFont(title->font()));
    auto* legend = new TintedLabel(tr("deeper: better within its column; ★ best"));
    row->addWidget(title);
    row->addWidget(legend, 1);
    m_variant =
        createCombo("gridVariant", tr("&Variant:"), tr("Whose grid, as the mean over its seeds"), *row);
    m_unit = createCombo("gridUnit", tr("Sho&w:"), tr("What the cells show"), *row);
    m_unit->addItem(tr("nats per token"), false);
    m_unit->addItem(tr("perplexity"), true);
    auto* copy = createToolButton("copyGrid", tr("Cop&y"), tr("Copy the grid as Markdown (Ctrl+C in it)"));
    auto* save = createToolButton("exportGrid", tr("Export &grid…"), tr("As CSV, Markdown or LaTeX"));
    row->addWidget(copy);
    row->addWidget(save);
    connect(m_variant, &QComboBox::currentIndexChanged, this, &ArchitecturePanel::showGrid);
    connect(m_unit, &QComboBox::currentIndexChanged, this,
            [this] { m_model->setPerplexity(m_unit->currentData().toBool()); });
    connect(copy, &QToolButton::clicked, m_table, &GridTable::copy);
    connect(save, &QToolButton::clicked, this, &ArchitecturePanel::exportTable);
    return m_tools;
}

void ArchitecturePanel::setQualities(std::vector<SeedQuality> qualities, const ArchitectureLook& look) {
    m_qualities = std::move(qualities);
    m_domains->setFigure(domainFigure(m_qualities, look));
    m_active->setFigure(activeFigure(m_qualities, look));
    std::vector<std::string> variants = variantsOf(m_qualities);
    std::erase_if(variants, [this](const std::string& variant) {
        return gridOf(m_qualities, variant).settings.empty();
    });
    setItems(*m_variant, itemsOf(variants));
    for (QWidget* part : {m_tools, static_cast<QWidget*>(m_table)})
        part->setVisible(!variants.empty());
    m_nothing->setVisible(variants.empty());
    showGrid();
}

void ArchitecturePanel::nameRuns(const std::vector<FigureRun>& runs, const Json& options) {
    for (ScorePlot* plot : {m_domains, m_active})
        plot->setRuns(runs, options);
}

void ArchitecturePanel::showGrid() {
    m_model->setGrid(gridOf(m_qualities, m_variant->currentText().toStdString()));
}

void ArchitecturePanel::exportTable() {
    const QString variant = m_variant->currentText();
    askAndSaveTypesetTable(this, tr("Export grid"), QStringLiteral("evaluation-grid"),
                           [&](const QString& file) { return exportGrid(*m_model, variant, file); });
}

} // namespace retort
