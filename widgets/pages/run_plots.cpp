// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/run_plots.h"

#include "analysis/evaluation.h"
#include "widgets/plots/curve_stack.h"
#include "widgets/plots/line_plot.h"
#include "widgets/plots/number_text.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QSplitter>
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace retort {
namespace {

QString joined(const SeriesKey& key) {
    const std::string id =
        key.name + "/" + key.domain + "/" + key.expert + "/" + key.setting + "/" + key.split;
    return QString::fromStdString(id);
}

QString seriesName(const std::string& name) {
    if (name == "loss") return RunPlots::tr("total");
    if (name == "teacher_ce") return RunPlots::tr("teacher");
    if (name == "ce") return RunPlots::tr("CE");
    if (name == "kd") return RunPlots::tr("KD");
    if (name == "lwf") return RunPlots::tr("LwF");
    if (name == "ewc") return RunPlots::tr("EWC");
    if (name == "lr") return RunPlots::tr("learning rate");
    if (name == "grad_norm") return RunPlots::tr("norm before clipping");
    if (name == "tokens_per_second") return RunPlots::tr("speed");
    return QString::fromStdString(name);
}

bool isEvaluation(const SeriesKey& key) {
    return key.name == "perplexity" || key.name == "accuracy" || key.name == "nll";
}

bool isUtilisation(const SeriesKey& key) {
    return key.name == "utilisation";
}

QStringList splitParts(const SeriesKey& key) {
    QStringList parts;
    for (const std::string* part : {&key.domain, &key.expert, &key.setting})
        if (!part->empty()) parts << QString::fromStdString(*part);
    return parts;
}

QString labelOf(const SeriesKey& key) {
    if (key.name == "nll" && !key.expert.empty())
        return RunPlots::tr("expert %1").arg(QString::fromStdString(key.expert));
    QStringList parts = splitParts(key);
    if (!isEvaluation(key) && !isUtilisation(key)) parts.prepend(seriesName(key.name));
    return parts.isEmpty() ? seriesName(key.name) : parts.join(QStringLiteral(" · "));
}

/// Of one stack that are still readable below each other.
constexpr int mostPanels = 6;

/// By domain where only domains tell curves apart, else by name; the next free one when it is taken.
SeriesStyle freeStyle(const LinePlot& plot, const SeriesKey& key) {
    const QString split = splitParts(key).join(QLatin1Char('/'));
    const QString name = QString::fromStdString(key.name);
    const bool isNamedBySplit = isEvaluation(key) || isUtilisation(key);
    SeriesStyle style = styleOf(split.isEmpty()  ? name
                                : isNamedBySplit ? split
                                                 : name + QLatin1Char('/') + split);
    if (key.name == "nll" && !key.expert.empty())
        style.slot = (style.slot + seriesStyleCount / 4) % seriesStyleCount; // dashed
    const auto isTaken = [&](const auto& curve) { return curve->style() == style; };
    for (int i = 0; i < seriesStyleCount && std::ranges::any_of(plot.curves(), isTaken); ++i)
        style.slot = (style.slot + 1) % seriesStyleCount;
    return style;
}

} // namespace

RunPlots::RunPlots(QWidget* parent) : QWidget(parent) {
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(6);
    m_training = new CurveStack(&m_group);
    m_evaluation = new CurveStack(&m_group);
    splitter->addWidget(m_training);
    splitter->addWidget(m_evaluation);
    splitter->setSizes({1000, 1000});
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(splitter);
    createTrainingPanels();
    createEvaluationPanels();
    createExpertPanels();
    connect(&m_group, &PlotGroup::xAxisChanged, this, &RunPlots::placeStages);
}

void RunPlots::createTrainingPanels() {
    m_loss = m_training->addPlot(tr("Loss"), tr("nats per token"), 3);
    m_loss->setToolTip(tr("Training: total = alpha · CE + beta · KD, means per target token of each step; "
                          "with learning without "
                          "forgetting (LwF) and elastic weight consolidation (EWC), what they add to it."));
    LinePlot* ce = m_training->addPlot(tr("Cross-entropy"), tr("nats per token"), 3);
    ce->setToolTip(tr("Training: on the text, and the teacher's on the same batches for reference."));
    m_kd = m_training->addPlot(tr("Distillation"), tr("nats per token"), 3);
    m_kd->setToolTip(tr("Training: divergence of the student's probabilities from the teacher's."));
    m_weights = m_training->addPlot(tr("Loss weights"), {}, 2);
    LinePlot* norm = m_training->addPlot(tr("Gradient norm"), {}, 3);
    LinePlot* rate = m_training->addPlot(tr("Learning rate"), {}, 2);
    m_bySeries.insert(QStringLiteral("ce"), ce);
    m_bySeries.insert(QStringLiteral("teacher_ce"), ce);
    m_bySeries.insert(QStringLiteral("kd"), m_kd);
    m_bySeries.insert(QStringLiteral("alpha"), m_weights);
    m_bySeries.insert(QStringLiteral("beta"), m_weights);
    m_bySeries.insert(QStringLiteral("grad_norm"), norm);
    m_bySeries.insert(QStringLiteral("lr"), rate);
    for (LinePlot* plot : {m_kd, m_weights, rate})
        setShown(plot, false);
}

void RunPlots::createEvaluationPanels() {
    m_perplexity = m_evaluation->addPlot(tr("Perplexity"), tr("validation, by domain"), 3);
    m_perplexity->setToolTip(tr("exp(nats per token) on the validation set of each domain."));
    m_perplexity->setLogarithmic(true);
    m_accuracy = m_evaluation->addPlot(tr("Accuracy"), tr("validation, by domain"), 3);
    m_accuracy->setToolTip(tr("Share of targets whose likeliest token was right."));
    LinePlot* speed = m_evaluation->addPlot(tr("Speed"), tr("tokens per second"), 2);
    m_bySeries.insert(QStringLiteral("tokens_per_second"), speed);
    setShown(speed, false);
}

/// Hidden until a run with experts has something for them.
void RunPlots::createExpertPanels() {
    m_read = m_evaluation->addPlot(tr("Loss by domain and expert"), tr("nats per token, validation"), 3);
    m_read->setToolTip(tr("A domain: all of its text, by whichever expert read it. An expert: all that it "
                          "read, of whichever domain."));
    m_load = m_evaluation->addPlot(tr("Expert load"), tr("1 = fair share"), 2);
    m_load->setToolTip(tr("Training: sequences that each expert read, over those of a fair share; an expert "
                          "at 0 rests. The dashed line is the fair share."));
    m_load->setReference(1);
    m_bySeries.insert(QStringLiteral("utilisation"), m_load);
    for (LinePlot* plot : {m_read, m_load})
        setShown(plot, false);
}

void RunPlots::setShown(LinePlot* plot, bool isShown) {
    (m_training->plots().contains(plot) ? m_training : m_evaluation)->setPlotShown(plot, isShown);
}

void RunPlots::clear() {
    for (const CurveStack* stack : {m_training, m_evaluation})
        for (LinePlot* plot : stack->plots())
            plot->removeCurves();
    for (LinePlot* plot : {m_kd, m_weights, m_read, m_load})
        if (!m_chosen.contains(plot)) setShown(plot, false);
    for (LinePlot* plot : std::as_const(m_imported))
        setShown(plot, false);
    m_clock = std::make_shared<RunClock>();
    setStages({});
    m_group.forgetExtents();
    m_group.setCursor(std::nullopt);
    m_group.resetZoom();
}

void RunPlots::addTick(const ClockTick& tick) {
    m_clock->append(tick);
    if (stagesEnded() != m_stagesPlaced) placeStages();
}

void RunPlots::setStages(std::vector<Stage> stages) {
    m_stages = std::move(stages);
    QStringList domains;
    for (const Stage& stage : m_stages)
        domains << QString::fromStdString(stage.domain);
    m_stageStyles = stylesOf(domains);
    placeStages();
}

std::size_t RunPlots::stagesEnded() const {
    const std::int64_t newest = m_clock->points().empty() ? 0 : m_clock->points().back().step;
    return static_cast<std::size_t>(
        std::ranges::count_if(m_stages, [&](const Stage& stage) { return stage.end <= newest; }));
}

/// Steps are known before they are made, tokens and time are not: there the stage at work is open, and those
/// to come have no place yet.
void RunPlots::placeStages() {
    m_stagesPlaced = stagesEnded();
    const bool isKnown = m_group.xAxis() == XAxis::step;
    const std::size_t count = isKnown ? m_stages.size() : std::min(m_stages.size(), m_stagesPlaced + 1);
    std::vector<PlotBand> bands;
    for (std::size_t i = 0; i < count; ++i)
        bands.push_back(bandOf(m_stages[i], i));
    m_group.setBands(std::move(bands));
}

PlotBand RunPlots::bandOf(const Stage& stage, std::size_t place) const {
    const bool isKnown = m_group.xAxis() == XAxis::step;
    const auto at = [&](std::int64_t step) {
        return isKnown ? static_cast<double>(step) : m_clock->position(step, m_group.xAxis());
    };
    const bool isOpen = !isKnown && place >= m_stagesPlaced;
    return {QString::fromStdString(stage.domain), m_stageStyles[place], at(stage.begin),
            isOpen ? std::numeric_limits<double>::infinity() : at(stage.end)};
}

LinePlot* RunPlots::plotOf(const SeriesKey& key) {
    const QString name = QString::fromStdString(key.name);
    if (m_isImported && key.name != "loss" && !m_bySeries.contains(name)) return importedPlot(key);
    return m_bySeries.value(name, m_loss);
}

LinePlot* RunPlots::importedPlot(const SeriesKey& key) {
    LinePlot*& plot = m_imported[QString::fromStdString(key.name)];
    CurveStack* stack = key.split == "train" ? m_training : m_evaluation;
    if (plot == nullptr) plot = stack->addPlot(QString::fromStdString(key.name), {}, 2);
    if (!plot->curves().empty()) return plot;
    const auto isShown = [](const LinePlot* other) { return !other->isHidden(); };
    setShown(plot, std::ranges::count_if(stack->plots(), isShown) <= mostPanels);
    return plot;
}

void RunPlots::addMetric(std::int64_t step, const SeriesKey& key, double value) {
    add(plotOf(key), key, step, value, key.name != "lr");
    if (key.name == "alpha") showWeightsThatMove();
    if (key.name == "kd") showUnlessChosen(m_kd);
    if (isUtilisation(key)) showUnlessChosen(m_load);
}

void RunPlots::showUnlessChosen(LinePlot* plot) {
    if (plot->isHidden() && !m_chosen.contains(plot)) setShown(plot, true);
}

void RunPlots::addEvaluation(std::int64_t step, std::span<const EvaluationRow> rows) {
    const std::vector<EvaluationRow> experts = read_by_experts(rows);
    for (const EvaluationRow& row : rows) {
        if (!row.expert.empty() || !row.setting.empty()) continue;
        SeriesKey key{"perplexity", row.domain, {}, {}, row.split};
        add(m_perplexity, key, step, perplexity(row), false);
        key.name = "accuracy";
        add(m_accuracy, key, step, accuracy(row), false);
        key.name = "nll";
        if (!experts.empty()) add(m_read, key, step, nats_per_token(row), false);
    }
    for (const EvaluationRow& row : experts)
        add(m_read, {"nll", {}, row.expert, {}, row.split}, step, nats_per_token(row), false);
    if (!experts.empty()) showUnlessChosen(m_read);
}

void RunPlots::add(LinePlot* plot, const SeriesKey& key, std::int64_t step, double value, bool isSmoothable) {
    const QString id = joined(key);
    if (!plot->hasCurve(id)) addCurve(plot, key, id, isSmoothable);
    plot->append(id, step, value);
}

/// Losses of single domains are there from the start but shown only when asked for.
void RunPlots::addCurve(LinePlot* plot, const SeriesKey& key, const QString& id, bool isSmoothable) {
    plot->addCurve({.id = id,
                    .label = labelOf(key),
                    .style = freeStyle(*plot, key),
                    .clock = m_clock,
                    .isVisible = !m_training->plots().contains(plot) || splitParts(key).isEmpty(),
                    .isLive = m_isLive,
                    .isSmoothable = isSmoothable});
}

/// Without a teacher there is nothing to distil. Fixed weights need no panel; adaptive ones show themselves.
void RunPlots::showWeightsThatMove() {
    if (!m_weights->isHidden() || m_chosen.contains(m_weights)) return;
    const Curve& curve = *m_weights->curves().front();
    const Extent extent = curve.values().extent(0, curve.size());
    if (extent.has_finite() && extent.max > extent.min) setShown(m_weights, true);
}

void RunPlots::truncateAfter(std::int64_t step) {
    m_clock->truncate_after(step);
    placeStages();
    m_group.forgetExtents();
    for (const CurveStack* stack : {m_training, m_evaluation})
        for (LinePlot* plot : stack->plots())
            plot->truncateAfter(step);
}

void RunPlots::setLive(bool isLive) {
    m_isLive = isLive;
    for (const CurveStack* stack : {m_training, m_evaluation})
        for (LinePlot* plot : stack->plots())
            plot->setLive(isLive);
}

void RunPlots::setSmoothing(double weight) {
    for (LinePlot* plot : m_training->plots())
        plot->setSmoothing(weight);
}

void RunPlots::fillPanelMenu(QMenu& menu) {
    for (const CurveStack* stack : {m_training, m_evaluation}) {
        for (LinePlot* plot : stack->plots()) {
            if (m_imported.values().contains(plot) && plot->curves().empty()) continue;
            QAction* action = menu.addAction(plot->title());
            action->setCheckable(true);
            action->setChecked(!plot->isHidden());
            connect(action, &QAction::toggled, this, [this, plot](bool isShown) {
                m_chosen.insert(plot);
                setShown(plot, isShown);
            });
        }
        menu.addSeparator();
    }
}

QString RunPlots::cursorText() const {
    const auto cursor = m_group.cursor();
    if (!cursor || m_loss->curves().empty()) return {};
    const Curve& curve = *m_loss->curves().front();
    const auto index = curve.nearest(*cursor);
    if (!index) return {};
    const std::int64_t step = curve.steps()[*index];
    return tr("Step %1 · %2 tokens · %3")
        .arg(wholeText(step), countText(m_clock->position(step, XAxis::tokens)),
             durationText(m_clock->position(step, XAxis::wall_time)));
}

} // namespace retort
