// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pages/compare_data.h"
#include "widgets/pages/tool_row.h"

class QCheckBox;
class QComboBox;

namespace retort {

class SmoothingChoice;

/// What the Compare page compares and how it shows that. Choices stay while the lists to choose from change
/// and still have them.
class CompareTools : public ToolRow {
    Q_OBJECT
public:
    explicit CompareTools(QWidget* parent = nullptr);

    void setStudies(const std::vector<std::string>& studies, int selectedRuns);
    void chooseStudy(const QString& study);
    void chooseSelectedRuns();
    void setMetrics(const std::vector<CompareMetric>& metrics);
    void setDomains(const std::vector<std::string>& domains);
    void setVariants(const std::vector<std::string>& variants);
    /// Whether there are finished runs to report on.
    void setReportable(bool isReportable);
    void setYLogarithmic(bool isLogarithmic);
    /// Hides what concerns curves alone where none are shown.
    void setCurvesShown(bool areShown);
    /// The same for the choice of a metric, and of one of its domains.
    void setMetricShown(bool isShown, bool isDomainShown);
    /// The same for what concerns the seeds of a figure.
    void setSeedsShown(bool areShown);

    /// Empty: the runs selected on the Runs page.
    [[nodiscard]] std::string study() const;
    [[nodiscard]] CompareMetric metric() const;
    [[nodiscard]] std::string reference() const;
    [[nodiscard]] Band band() const;
    [[nodiscard]] bool areSeedsShown() const;

Q_SIGNALS:
    void choiceChanged(); ///< other runs
    void metricChanged();
    void lookChanged(); ///< band, seeds or reference
    void xAxisChanged(int axis);
    void xLogarithmicChanged(bool isLogarithmic);
    void yLogarithmicChanged(bool isLogarithmic);
    void smoothingChanged(double weight);
    void showAllRequested();
    void figureExportRequested();
    void tableExportRequested();
    void reportRequested();

private:
    void createChoices();
    void createLooks();
    void createButtons();

    QComboBox* m_study = nullptr;
    QComboBox* m_metric = nullptr;
    QComboBox* m_domain = nullptr;
    QComboBox* m_reference = nullptr;
    QComboBox* m_axis = nullptr;
    QComboBox* m_band = nullptr;
    QCheckBox* m_seeds = nullptr;
    SmoothingChoice* m_smoothing = nullptr;
    QCheckBox* m_xLogarithmic = nullptr;
    QCheckBox* m_yLogarithmic = nullptr;
};

} // namespace retort
