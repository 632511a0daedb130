// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/compare_tools.h"

#include "widgets/pages/smoothing_choice.h"
#include "widgets/plots/x_axis_choice.h"

#include <QCheckBox>
#include <QComboBox>
#include <QSignalBlocker>
#include <QToolButton>

namespace retort {
namespace {

/// Of a metric without its domain: "loss", "train/ce".
QVariant dataOf(const CompareMetric& metric) {
    return metric.key();
}

CompareMetric metricOf(const QString& key) {
    using Kind = CompareMetric::Kind;
    for (const Kind kind : {Kind::loss, Kind::perplexity, Kind::bits_per_byte, Kind::accuracy}) {
        const CompareMetric metric{kind, {}, {}};
        if (metric.key() == key) return metric;
    }
    return {Kind::series, key.section(QLatin1Char('/'), 1).toStdString(), {}};
}

} // namespace

CompareTools::CompareTools(QWidget* parent) : ToolRow(parent) {
    createChoices();
    createLooks();
    createButtons();
}

void CompareTools::createChoices() {
    m_study =
        addCombo("study", tr("&Compare:"), tr("All runs of a study, or the runs selected on the Runs page"));
    m_metric = addCombo("metric", tr("&Metric:"), {});
    m_domain = addCombo("domain", tr("D&omain:"), tr("Mean over the domains, or one of them"));
    m_reference = addCombo("reference", tr("Re&ference:"), tr("What the other variants are compared with"));
    connect(m_study, &QComboBox::currentIndexChanged, this, &CompareTools::choiceChanged);
    connect(m_metric, &QComboBox::currentIndexChanged, this, &CompareTools::metricChanged);
    connect(m_domain, &QComboBox::currentIndexChanged, this, &CompareTools::metricChanged);
    connect(m_reference, &QComboBox::currentIndexChanged, this, &CompareTools::lookChanged);
}

void CompareTools::createLooks() {
    m_axis = addCombo("axis", tr("&Horizontal axis:"), {});
    addXAxes(*m_axis);
    m_band = addCombo("band", tr("&Band:"), tr("What is drawn around the mean over the seeds"));
    std::vector<ToolItem> bands;
    for (const Band band :
         {Band::standard_deviation, Band::standard_error, Band::t_interval, Band::bootstrap, Band::range})
        bands.push_back({bandText(band), static_cast<int>(band)});
    setItems(*m_band, bands);
    m_seeds = addCheck("seeds", tr("S&eeds"), tr("Each seed, faint behind the mean"));
    m_seeds->setChecked(true);
    m_smoothing = new SmoothingChoice(tr("Smoothin&g:"));
    addCell({m_smoothing});
    m_xLogarithmic = addCheck("xLogarithmic", tr("Log &x"), tr("Logarithmic horizontal axis"));
    m_yLogarithmic = addCheck("yLogarithmic", tr("Log &y"), tr("Logarithmic vertical axis (L in the plot)"));
    connect(m_axis, &QComboBox::currentIndexChanged, this,
            [this] { Q_EMIT xAxisChanged(m_axis->currentData().toInt()); });
    connect(m_smoothing, &SmoothingChoice::weightChanged, this, &CompareTools::smoothingChanged);
    connect(m_band, &QComboBox::currentIndexChanged, this, &CompareTools::lookChanged);
    connect(m_seeds, &QCheckBox::toggled, this, &CompareTools::lookChanged);
    connect(m_xLogarithmic, &QCheckBox::toggled, this, &CompareTools::xLogarithmicChanged);
    connect(m_yLogarithmic, &QCheckBox::toggled, this, &CompareTools::yLogarithmicChanged);
}

void CompareTools::createButtons() {
    const auto add = [this](const char* name, const QString& text, const QString& help,
                            void (CompareTools::*signal)()) {
        connect(addButton(name, text, help), &QToolButton::clicked, this, signal);
    };
    add("showAll", tr("Show &all"), tr("End all zooming (Home, or a double click into the plot)"),
        &CompareTools::showAllRequested);
    add("exportFigure", tr("Export f&igure…"), tr("Figure and its data, as PDF, SVG, PNG or CSV"),
        &CompareTools::figureExportRequested);
    add("exportTable", tr("Export &table…"), tr("All numbers of the table, as CSV"),
        &CompareTools::tableExportRequested);
    add("report", tr("Report…"), tr("A report on these runs, as far as they are finished"),
        &CompareTools::reportRequested);
}

void CompareTools::setStudies(const std::vector<std::string>& studies, int selectedRuns) {
    std::vector<ToolItem> items = itemsOf(studies);
    if (selectedRuns > 0) items.insert(items.begin(), {tr("%1 selected runs").arg(selectedRuns), QString()});
    setItems(*m_study, items);
}

void CompareTools::chooseStudy(const QString& study) {
    m_study->setCurrentIndex(std::max(0, m_study->findData(study)));
}

void CompareTools::chooseSelectedRuns() {
    const QSignalBlocker quiet(m_study);
    m_study->setCurrentIndex(std::max(0, m_study->findData(QString())));
}

void CompareTools::setMetrics(const std::vector<CompareMetric>& metrics) {
    std::vector<ToolItem> items;
    for (const CompareMetric& metric : metrics)
        items.push_back({metric.title(), dataOf(metric)});
    setItems(*m_metric, items);
}

void CompareTools::setDomains(const std::vector<std::string>& domains) {
    std::vector<ToolItem> items = itemsOf(domains);
    for (ToolItem& item : items)
        if (item.text.isEmpty()) item.text = tr("all");
    setItems(*m_domain, items);
}

void CompareTools::setVariants(const std::vector<std::string>& variants) {
    setItems(*m_reference, itemsOf(variants));
}

void CompareTools::setReportable(bool isReportable) {
    findChild<QToolButton*>(QStringLiteral("report"))->setEnabled(isReportable);
}

void CompareTools::setYLogarithmic(bool isLogarithmic) {
    m_yLogarithmic->setChecked(isLogarithmic);
}

void CompareTools::setCurvesShown(bool areShown) {
    const QList<QWidget*> ofCurves = {m_reference,
                                      m_axis,
                                      m_smoothing,
                                      m_xLogarithmic,
                                      m_yLogarithmic,
                                      findChild<QWidget*>(QStringLiteral("showAll")),
                                      findChild<QWidget*>(QStringLiteral("exportFigure")),
                                      findChild<QWidget*>(QStringLiteral("exportTable"))};
    for (const QWidget* part : ofCurves)
        part->parentWidget()->setVisible(areShown); // its cell, label and all
}

void CompareTools::setMetricShown(bool isShown, bool isDomainShown) {
    m_metric->parentWidget()->setVisible(isShown);
    m_domain->parentWidget()->setVisible(isDomainShown);
}

void CompareTools::setSeedsShown(bool areShown) {
    for (const QWidget* part : {static_cast<QWidget*>(m_band), static_cast<QWidget*>(m_seeds)})
        part->parentWidget()->setVisible(areShown);
}

std::string CompareTools::study() const {
    return m_study->currentData().toString().toStdString();
}

CompareMetric CompareTools::metric() const {
    if (m_metric->count() == 0) return {};
    CompareMetric metric = metricOf(m_metric->currentData().toString());
    metric.domain = m_domain->currentData().toString().toStdString();
    return metric;
}

std::string CompareTools::reference() const {
    return m_reference->currentData().toString().toStdString();
}

Band CompareTools::band() const {
    return static_cast<Band>(m_band->currentData().toInt());
}

bool CompareTools::areSeedsShown() const {
    return m_seeds->isChecked();
}

} // namespace retort
