// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pages/compare_data.h"
#include "widgets/plots/line_plot.h"

#include <QMap>
#include <QSet>

namespace retort {

/// The mean of each variant over its seeds with a band around it, the seeds faint behind. A variant has a
/// colour and a dash pattern of its own and keeps them, hidden or not, whichever runs are chosen.
class ComparePlot : public LinePlot {
    Q_OBJECT
public:
    explicit ComparePlot(QWidget* parent = nullptr);

    struct Look {
        CompareMetric metric;
        Band band = Band::standard_deviation;
        bool areSeedsShown = true;
        VariantStyles styles = {};
    };
    /// Zoom, cursor, what is hidden and what is picked stay. The curve of a variant has its name as id.
    void setCurves(const std::vector<ComparedCurve>& curves, const Look& look);
    /// Id of the curve of one seed behind its variant's mean.
    [[nodiscard]] static QString seedId(const std::string& variant, std::uint64_t seed);

private:
    struct Line {
        CurveInfo info;
        CurvePoints points;
        RunClock clock;
    };
    [[nodiscard]] std::vector<Line> linesOf(const std::vector<ComparedCurve>& curves, const Look& look) const;
    [[nodiscard]] bool isSame(const std::vector<Line>& lines) const;
    void rebuild(const std::vector<Line>& lines);

    QSet<QString> m_hidden; ///< variants
    QMap<QString, std::shared_ptr<RunClock>> m_clocks;
};

} // namespace retort
