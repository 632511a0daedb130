// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pages/architecture_figures.h"

#include <QWidget>

class QComboBox;
class QLabel;

namespace retort {

class GridModel;
class GridTable;
class ScorePlot;

/// Architectures against each other: perplexity by domain, loss by active parameters, and the evaluation grid
/// of a modular variant.
class ArchitecturePanel : public QWidget {
    Q_OBJECT
public:
    explicit ArchitecturePanel(QWidget* parent = nullptr);

    void setQualities(std::vector<SeedQuality> qualities, const ArchitectureLook& look);
    /// What the files beside figures say of their numbers.
    void nameRuns(const std::vector<FigureRun>& runs, const Json& options);

private:
    QWidget* createGrid();
    QWidget* createGridTools();
    void showGrid();
    void exportTable();

    std::vector<SeedQuality> m_qualities;
    ScorePlot* m_domains = nullptr;
    ScorePlot* m_active = nullptr;
    QComboBox* m_variant = nullptr;
    QComboBox* m_unit = nullptr;
    QWidget* m_tools = nullptr;
    QLabel* m_nothing = nullptr;
    GridModel* m_model = nullptr;
    GridTable* m_table = nullptr;
};

} // namespace retort
