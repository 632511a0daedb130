// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/matrix_choice.h"

#include "widgets/plots/number_text.h"
#include "widgets/plots/score_figure.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <algorithm>
#include <limits>
#include <set>

namespace retort {
namespace {

/// Whole articles are longer than any piece.
std::int64_t lengthRank(std::int64_t length) {
    return length == 0 ? std::numeric_limits<std::int64_t>::max() : length;
}

QString splitText(const std::string& kind, const std::string& split, std::int64_t fold) {
    QString text = QString::fromStdString(split);
    if (fold > 0) text = MatrixChoice::tr("fold %1").arg(fold);
    if (fold == 0 && split == "folds") text = MatrixChoice::tr("all folds");
    return kind == "router" ? text : MatrixChoice::tr("%1, %2").arg(QString::fromStdString(kind), text);
}

} // namespace

ValueSlider::ValueSlider(const char* name, const QString& label, QWidget* parent)
    : QWidget(parent), m_slider(new QSlider(Qt::Horizontal)), m_text(new QLabel) {
    auto* words = new QLabel(label);
    words->setBuddy(m_slider);
    m_slider->setObjectName(QLatin1String(name));
    m_slider->setAccessibleName(spokenName(label));
    m_slider->setPageStep(1);
    m_slider->setTickPosition(QSlider::TicksBelow);
    m_slider->setMinimumWidth(110);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 10, 4);
    row->addWidget(words);
    row->addWidget(m_slider, 1);
    row->addWidget(m_text);
    setVisible(false);
    connect(m_slider, &QSlider::valueChanged, this, [this](int place) {
        show(place);
        Q_EMIT changed();
    });
}

void ValueSlider::setValues(std::vector<Value> values) {
    const QSignalBlocker quiet(m_slider);
    const std::int64_t chosen = value();
    const bool isNew = m_values.empty();
    m_values = std::move(values);
    const int last = std::max(0, static_cast<int>(m_values.size()) - 1);
    const auto known = std::ranges::find(m_values, chosen, &Value::value);
    const int place = isNew || known == m_values.end() ? last : static_cast<int>(known - m_values.begin());
    m_slider->setRange(0, last);
    m_slider->setValue(place);
    setVisible(m_values.size() > 1);
    int width = 0;
    for (const Value& one : m_values)
        width = std::max(width, m_text->fontMetrics().horizontalAdvance(one.text));
    m_text->setMinimumWidth(width + 4); // so that nothing moves while one slides
    show(place);
}

std::int64_t ValueSlider::value() const {
    return m_values.empty() ? 0 : m_values[static_cast<std::size_t>(m_slider->value())].value;
}

void ValueSlider::show(int place) {
    m_text->setText(m_values.empty() ? QString() : m_values[static_cast<std::size_t>(place)].text);
    m_slider->setAccessibleDescription(m_text->text());
}

MatrixChoice::MatrixChoice(QWidget* parent)
    : ToolRow(parent),
      m_inputsChoice(addCombo("inputs", tr("&Inputs:"), {})),
      m_length(new ValueSlider("length", tr("Input &length:"))),
      m_step(new ValueSlider("step", tr("S&tep:"))) {
    m_inputsChoice->parentWidget()->setVisible(false);
    layout()->addWidget(m_length);
    layout()->addWidget(m_step);
    connect(m_inputsChoice, &QComboBox::currentIndexChanged, this, [this] {
        showLengths();
        Q_EMIT changed();
    });
    connect(m_length, &ValueSlider::changed, this, [this] {
        showSteps();
        Q_EMIT changed();
    });
    connect(m_step, &ValueSlider::changed, this, &MatrixChoice::changed);
}

MatrixChoice::Inputs MatrixChoice::inputsOf(const RoutingEvaluation& matrix) {
    return {matrix.kind, matrix.split, matrix.fold};
}

void MatrixChoice::setMatrices(const std::vector<NumberedMatrix>& matrices) {
    m_matrices.clear();
    for (const NumberedMatrix& matrix : matrices)
        m_matrices.push_back(&matrix);
    showInputs();
}

/// What was held out comes before what was learned from.
void MatrixChoice::showInputs() {
    const QSignalBlocker quiet(m_inputsChoice);
    const QString chosen = m_inputsChoice->currentText();
    std::set<Inputs> seen;
    for (const NumberedMatrix* matrix : m_matrices)
        seen.insert(inputsOf(matrix->evaluation));
    m_inputs.assign(seen.begin(), seen.end());
    std::ranges::stable_partition(m_inputs, [](const Inputs& one) { return std::get<1>(one) != "train"; });
    std::ranges::stable_partition(m_inputs, [](const Inputs& one) { return std::get<1>(one) == "valid"; });
    m_inputsChoice->clear();
    for (const auto& [kind, split, fold] : m_inputs)
        m_inputsChoice->addItem(splitText(kind, split, fold));
    m_inputsChoice->setCurrentIndex(std::max(0, m_inputsChoice->findText(chosen)));
    m_inputsChoice->parentWidget()->setVisible(m_inputs.size() > 1);
    showLengths();
}

std::vector<const NumberedMatrix*> MatrixChoice::chosenInputs() const {
    std::vector<const NumberedMatrix*> chosen;
    const int place = m_inputsChoice->currentIndex();
    if (place < 0) return chosen;
    for (const NumberedMatrix* matrix : m_matrices)
        if (inputsOf(matrix->evaluation) == m_inputs[static_cast<std::size_t>(place)])
            chosen.push_back(matrix);
    return chosen;
}

void MatrixChoice::showLengths() {
    std::vector<std::int64_t> lengths;
    for (const NumberedMatrix* matrix : chosenInputs())
        lengths.push_back(matrix->evaluation.length);
    std::ranges::sort(lengths, {}, lengthRank);
    lengths.erase(std::ranges::unique(lengths).begin(), lengths.end());
    std::vector<ValueSlider::Value> values;
    for (const std::int64_t length : lengths)
        values.push_back({length, lengthText(length)});
    m_length->setValues(std::move(values));
    showSteps();
}

void MatrixChoice::showSteps() {
    std::set<std::int64_t> steps;
    for (const NumberedMatrix* matrix : chosenInputs())
        if (matrix->evaluation.length == m_length->value()) steps.insert(matrix->evaluation.step);
    std::vector<ValueSlider::Value> values;
    for (const std::int64_t step : steps)
        values.push_back({step, wholeText(step)});
    m_step->setValues(std::move(values));
}

const NumberedMatrix* MatrixChoice::matrix() const {
    for (const NumberedMatrix* matrix : lengths())
        if (matrix->evaluation.length == m_length->value()) return matrix;
    return nullptr;
}

std::vector<const NumberedMatrix*> MatrixChoice::lengths() const {
    std::vector<const NumberedMatrix*> chosen = chosenInputs();
    std::erase_if(
        chosen, [this](const NumberedMatrix* matrix) { return matrix->evaluation.step != m_step->value(); });
    std::ranges::sort(chosen, {},
                      [](const NumberedMatrix* matrix) { return lengthRank(matrix->evaluation.length); });
    return chosen;
}

QString MatrixChoice::title() const {
    const NumberedMatrix* chosen = matrix();
    if (chosen == nullptr) return {};
    const RoutingEvaluation& one = chosen->evaluation;
    QString text = tr("%1 of %2", "whole articles of valid")
                       .arg(lengthText(one.length), splitText(one.kind, one.split, one.fold));
    return one.step == 0 ? text : tr("%1 at step %2").arg(text, wholeText(one.step));
}

} // namespace retort
