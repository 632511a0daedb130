// SPDX-License-Identifier: GPL-3.0-or-later
// Variants against each other: mean curves over the seeds with bands, and what the differences say.
#pragma once

#include "widgets/pages/compare_data.h"

#include <QStringList>
#include <QTimer>
#include <QWidget>
#include <map>
#include <set>

class QLabel;
class QStackedWidget;
class QTabWidget;

namespace retort {

class ArchitecturePanel;
class ClaimsPanel;
class ClaimsSource;
class ComparePlot;
class CompareTools;
class ComparisonModel;
class PickBar;
class RemedyPanel;
class SweepPanel;

/// Reads runs only while it can be seen, and again what has changed since, at most a few times a second.
class ComparePage : public QWidget {
    Q_OBJECT
public:
    explicit ComparePage(QWidget* parent = nullptr);
    ~ComparePage() override;

    /// From where runs are read; forgets the runs of another. Must outlive the page or the next call; null:
    /// from nowhere.
    void setSource(CompareSource* source);
    /// The same for the claims of studies.
    void setClaimsSource(ClaimsSource* source);
    /// The runs there are now.
    void setRuns(std::vector<RunRecord> runs);
    /// One run has changed; its curves, perhaps.
    void updateRun(const RunRecord& run);
    /// Compares runs that were selected elsewhere.
    void compareRuns(const QStringList& ids);
    void compareStudy(const QString& study);

Q_SIGNALS:
    /// A person wants to see one of the compared runs by itself.
    void runRequested(const QString& id);
    /// A person wants the report of the study, or of the finished runs where no study is compared.
    void reportRequested(const QString& study, const QStringList& ids);

protected:
    void showEvent(QShowEvent* event) override;

private:
    enum Shown { NoRuns, NoCurves, Content }; ///< in their order on the page

    void createParts();
    QWidget* createContent();
    QWidget* createCurves();
    void connectTools();
    void connectPicks();
    void showTools();
    void showStudies();
    void choose();
    void forgetCurves();
    void refresh();
    void accept(std::vector<ComparedRun> runs);
    void showChoices();
    void showClaims();
    void showViews(bool areCurvesThere);
    void draw();
    void drawRemedies();
    void nameRuns();
    void showPicked();
    [[nodiscard]] std::vector<RunRecord> pickedRuns() const;
    void exportTable();
    [[nodiscard]] QStringList finishedRuns() const;
    [[nodiscard]] bool isBehind() const;
    /// Of the chosen runs that have been read, in their order.
    [[nodiscard]] std::vector<ComparedCurve> curves() const;
    void drawSweep();

    CompareSource* m_source = nullptr;
    std::vector<RunRecord> m_runs;
    std::set<std::string> m_selected;
    std::vector<RunRecord> m_chosen;           ///< what is compared
    VariantStyles m_styles;                    ///< of their variants
    std::map<std::string, ComparedRun> m_read; ///< by id
    std::set<std::string> m_stale;             ///< chosen ones that have changed since they were read
    std::string m_series;                      ///< the curves' name with which they were read
    int m_request = 0;                         ///< of the newest; answers to others do not count
    bool m_isReading = false;
    QTimer m_refreshing;

    QStackedWidget* m_stack = nullptr;
    CompareTools* m_tools = nullptr;
    ComparePlot* m_plot = nullptr;
    PickBar* m_picked = nullptr;
    ComparisonModel* m_model = nullptr;
    QTabWidget* m_views = nullptr;
    ArchitecturePanel* m_architectures = nullptr;
    SweepPanel* m_sweep = nullptr;     ///< in view where configurations differ
    RemedyPanel* m_remedies = nullptr; ///< in view where a run can forget
    ClaimsPanel* m_claims = nullptr;   ///< in view for studies that make claims alone
    bool m_isForcedToClaims = false;   ///< they are in view because there is nothing else
    QLabel* m_caution = nullptr;
};

} // namespace retort
