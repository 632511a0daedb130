// SPDX-License-Identifier: GPL-3.0-or-later
// Curves over steps, tokens or time: grows in place, zooms, reads out, tells a screen reader, exports.
#pragma once

#include "report/figure.h"
#include "widgets/plots/curve.h"
#include "widgets/plots/plot_group.h"

#include <QHash>
#include <QTimer>
#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

class QMenu;

namespace retort {

class LegendBar;
class PlotCanvas;
class ReadoutBox;

/// What a curve is when it is added; it has no points yet.
struct CurveInfo {
    QString id;    ///< unique within the plot
    QString label; ///< in the legend
    SeriesStyle style;
    std::shared_ptr<const RunClock> clock; ///< of its run
    bool isVisible = true;
    bool isLive = false;
    bool isSmoothable = true;
    QString owner = {}; ///< of a curve that is there already: no legend entry of its own, see Curve
    std::optional<StepRange> strong = {}; ///< see Curve
};

/// The wheel zooms the x axis of the whole group (with Shift, or over the value axis, the values), dragging
/// zooms into a rectangle, Ctrl+drag moves; Home shows all, L switches the logarithmic scale, arrows move, +
/// and − zoom, Shift+arrows move the cursor, T opens the data as a table. A click picks the curve below it,
/// as Page up and Page down do in turn, and Return asks for what it is of. Values fill the height until a
/// person zooms them.
class LinePlot : public QWidget {
    Q_OBJECT
public:
    /// `group` must outlive the plot; without one the plot is a group of its own.
    LinePlot(const QString& title, const QString& unit, PlotGroup* group = nullptr,
             QWidget* parent = nullptr);
    ~LinePlot() override;

    /// A dashed line across the plot at what the values are measured by.
    void setReference(double value);
    [[nodiscard]] std::optional<double> reference() const { return m_reference; }
    void setTitle(const QString& title, const QString& unit);
    [[nodiscard]] QString title() const { return m_title; }
    [[nodiscard]] QString unit() const { return m_unit; }
    [[nodiscard]] PlotGroup& group() const { return *m_group; }
    [[nodiscard]] const CurveView& view() const { return m_view; }
    [[nodiscard]] const std::vector<std::unique_ptr<Curve>>& curves() const { return m_curves; }

    void addCurve(const CurveInfo& info);
    /// What a person has zoomed stays.
    void removeCurves();
    [[nodiscard]] bool hasCurve(const QString& id) const { return m_byId.contains(id); }
    /// Looks at the new point alone; drawn on the next turn of the event loop. A step that is not after the
    /// curve's newest is ignored.
    void append(const QString& id, std::int64_t step, double value);
    /// All points at once, in place of those before.
    void setPoints(const QString& id, CurvePoints points);
    /// The values' window shrinks to the curves too, unless a person has zoomed it.
    void fitToCurves() { fitValues(true); }
    void truncateAfter(std::int64_t step);
    /// Ends growth: curves move to the layer of the finished ones, and the axes close up.
    void setLive(bool isLive);

    void setLogarithmic(bool isLogarithmic);
    [[nodiscard]] bool isLogarithmic() const { return m_view.isLogarithmic; }
    void setSmoothing(double weight);
    /// With the curves that it owns.
    void setCurveVisible(const QString& id, bool isVisible);
    /// Shows one curve and those that it owns alone; shows all when it is alone already.
    void isolate(const QString& id);
    /// Draws one curve over the others, however faint it is; empty: none.
    void pick(const QString& id);
    [[nodiscard]] QString picked() const { return m_picked; }
    /// The curve whose legend entry speaks for `id`: that or its owner; empty of an unknown one.
    [[nodiscard]] QString ownerOf(const QString& id) const;
    /// The shown curve that lies below a pixel of the canvas or not far from it; null: none.
    [[nodiscard]] const Curve* curveAt(QPointF pixel) const;
    /// Lists the values of all shown curves beside the cursor, in their order on the screen.
    void setReadoutShown(bool isShown);
    void setXAxisLabelled(bool isLabelled);
    /// Whether the names of the group's bands stand above the plot; they do at first.
    void setBandsLabelled(bool areLabelled);
    [[nodiscard]] Window xWindow() const;
    [[nodiscard]] Window yWindow() const;
    void zoomValues(Window window);
    /// Names and values of the shown curves at the cursor, else their newest.
    [[nodiscard]] QString readout() const;

    /// Whose curves these are and how their numbers were made, for the file beside an exported figure.
    void setRuns(std::vector<FigureRun> runs, Json options = Json::object()) {
        m_runs = std::move(runs);
        m_figureOptions = std::move(options);
    }
    [[nodiscard]] const std::vector<FigureRun>& runs() const { return m_runs; }
    [[nodiscard]] const Json& figureOptions() const { return m_figureOptions; }

    void showDataTable();
    /// Asks for a file name, then begins to write the figure and its data.
    void exportFigure();

Q_SIGNALS:
    void logarithmicChanged(bool isLogarithmic);
    void curveVisibilityChanged(const QString& id, bool isVisible);
    /// A person has picked another curve, or none.
    void curvePicked(const QString& id);
    void curveActivated(const QString& id);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void createParts();
    void connectGroup();
    void connectCanvas();
    void applyPalette();
    void deriveCurves();
    void includeExtent(const Curve& curve);
    void includeAll();
    void onXAxisChanged();
    void onWindowChanged();
    void fitValues(bool mayShrink);
    [[nodiscard]] Extent shownExtent() const;
    void moveCursor(int direction);
    void pickAt(QPointF pixel);
    void pickAndTell(const QString& id);
    void pickNext(int direction);
    void updateReadoutBox();
    void catchUp();
    void updateReadout();
    [[nodiscard]] QString valueText(const Curve& curve) const;
    void describe();
    [[nodiscard]] QString description() const;
    bool handleKey(int key, Qt::KeyboardModifiers modifiers);
    void fillMenu(QMenu& menu);

    QString m_title;
    QString m_unit;
    std::unique_ptr<PlotGroup> m_ownGroup;
    PlotGroup* m_group;
    CurveView m_view;
    std::vector<std::unique_ptr<Curve>> m_curves;
    QHash<QString, Curve*> m_byId;
    std::optional<double> m_reference;
    std::vector<FigureRun> m_runs;
    Json m_figureOptions = Json::object();
    bool m_areValuesZoomed = false;
    bool m_isLive = false;
    QString m_picked;
    LegendBar* m_legend = nullptr;
    ReadoutBox* m_readout = nullptr; ///< null: not shown
    PlotCanvas* m_canvas = nullptr;
    bool m_isStale = false; ///< points came since the last frame
    QTimer m_describing;    ///< a screen reader is told once a second at most
};

} // namespace retort
