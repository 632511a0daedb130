// SPDX-License-Identifier: GPL-3.0-or-later
// What routers decide: classifiers against each other, confusion matrices, the texts behind a cell, and a box
// to try.
#pragma once

#include "widgets/pages/router_source.h"

#include <QTimer>
#include <QWidget>
#include <map>
#include <optional>
#include <set>

class QStackedWidget;
class QTabWidget;

namespace retort {

class ConfusionPanel;
class DecisionPanel;
class ExamplePanel;
class FeaturePanel;
class RouterRankingModel;
class RouterRankingTable;
class RouterTools;
class ScorePlot;

/// Reads runs only while it can be seen, and again what has changed since, at most a few times a second.
class RouterPage : public QWidget {
    Q_OBJECT
public:
    explicit RouterPage(QWidget* parent = nullptr);
    ~RouterPage() override;

    /// From where matrices and texts are read; forgets the runs of another. Must outlive the page or the next
    /// call; null: from nowhere.
    void setSource(RouterSource* source);
    /// The runs there are now that have matrices or may get them: routers, and models that route.
    void setRuns(std::vector<RunRecord> runs);
    /// One run has changed; its matrices, perhaps.
    void updateRun(const RunRecord& run);
    /// Chooses the run and its study; one that is not there is ignored.
    void showRun(const QString& id);

protected:
    void showEvent(QShowEvent* event) override;

private:
    struct Cell {
        std::string row;
        std::string column;
    };
    void createParts();
    QWidget* createContent();
    QWidget* createTabs();
    void connectParts();
    void connectExports();
    void chooseStudy();
    void chooseVariant(const QString& variant);
    void refresh();
    void read();
    void draw();
    void drawRanking();
    void drawRun();
    void drawMatrix();
    void drawFeatures();
    void chooseCell(int row, int column);
    void listExamples();
    [[nodiscard]] const RunRecord* chosenRun() const;
    void readExamples(const NumberedMatrix& matrix, std::size_t row, const std::string& column,
                      RouterSource::Examples answer);

    RouterSource* m_source = nullptr;
    std::vector<RunRecord> m_runs;
    std::vector<RunRecord> m_chosen;                           ///< of the study
    std::map<std::string, std::vector<NumberedMatrix>> m_read; ///< by run
    std::set<std::string> m_stale; ///< runs that have changed since they were read
    std::optional<Cell> m_cell;
    int m_asked = 0;          ///< question about examples whose answer is still wanted
    std::string m_featuresOf; ///< the run whose features are shown
    QTimer m_refreshing;

    QStackedWidget* m_stack = nullptr;
    RouterTools* m_tools = nullptr;
    RouterRankingModel* m_ranking = nullptr;
    RouterRankingTable* m_rankingTable = nullptr;
    ConfusionPanel* m_confusion = nullptr;
    QTabWidget* m_tabs = nullptr;
    ExamplePanel* m_examples = nullptr;
    ScorePlot* m_reliability = nullptr;
    ScorePlot* m_lengths = nullptr;
    FeaturePanel* m_features = nullptr;
    DecisionPanel* m_decision = nullptr;
};

} // namespace retort
