// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/samples_panel.h"

#include "widgets/forms/accents.h"
#include "widgets/pages/tool_row.h"
#include "widgets/plots/number_text.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QTextBlock>
#include <QTextEdit>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace retort {
namespace {

constexpr qreal air = 8; ///< pixels between two blocks

/// Lines of a sample stay within its paragraph.
QString inOneParagraph(const std::string& utf8) {
    return QString::fromStdString(utf8).replace(QLatin1Char('\n'), QChar::LineSeparator);
}

QTextCharFormat colored(const QColor& color) {
    QTextCharFormat format;
    format.setForeground(color);
    return format;
}

} // namespace

SamplesPanel::SamplesPanel(QWidget* parent) : QWidget(parent), m_text(new QTextEdit) {
    m_text->setObjectName(QStringLiteral("sampleText"));
    m_text->setAccessibleName(tr("What the model wrote"));
    m_text->setReadOnly(true);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setTabChangesFocus(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 2, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(createTools());
    layout->addWidget(m_text, 1);
    clear();
}

QWidget* SamplesPanel::createTools() {
    m_domain = new QComboBox;
    m_domain->setObjectName(QStringLiteral("sampleDomain"));
    m_domain->setAccessibleName(tr("Domain of the samples"));
    m_domain->setToolTip(tr("All domains at one evaluation, or one domain over the evaluations"));
    m_step = new QSlider(Qt::Horizontal);
    m_step->setObjectName(QStringLiteral("sampleStep"));
    m_step->setAccessibleName(tr("Evaluation whose samples are shown"));
    m_step->setToolTip(tr("Go back through the evaluations (←, →, Home and End)"));
    m_step->setPageStep(1);
    m_stepText = new QLabel;
    m_stepText->setObjectName(QStringLiteral("sampleStepText"));
    auto* domain = new QLabel(tr("&Domain:"));
    domain->setBuddy(m_domain);
    auto* step = new QLabel(tr("E&valuation:"));
    step->setBuddy(m_step);
    m_tools = new QWidget;
    auto* row = new QHBoxLayout(m_tools);
    row->setContentsMargins({});
    for (QWidget* part :
         {static_cast<QWidget*>(domain), static_cast<QWidget*>(m_domain), static_cast<QWidget*>(step)})
        row->addWidget(part);
    row->addWidget(m_step, 1);
    row->addWidget(m_stepText);
    connect(m_domain, &QComboBox::currentIndexChanged, this, &SamplesPanel::write);
    connect(m_step, &QSlider::valueChanged, this, &SamplesPanel::write);
    return m_tools;
}

void SamplesPanel::setRun(const Json& spec) {
    const RunSpecReading reading = read_run_spec(spec);
    const bool doesWrite =
        !reading.problems.empty() || (reading.spec.task != Task::router && reading.spec.run.samples > 0);
    m_text->setPlaceholderText(
        doesWrite ? tr("What the model writes after the beginning of a text comes with each evaluation.")
                  : tr("This run writes no samples; set its field samples, on the page Design, above 0."));
}

void SamplesPanel::add(std::int64_t step, const TextSample& sample) {
    std::vector<TextSample>& there = m_samples[step];
    const auto same = std::ranges::find(there, sample.domain, &TextSample::domain);
    if (same == there.end())
        there.push_back(sample);
    else
        *same = sample;
    m_isStale = true;
}

void SamplesPanel::truncateAfter(std::int64_t step) {
    const auto later = m_samples.upper_bound(step);
    m_isStale |= later != m_samples.end();
    m_samples.erase(later, m_samples.end());
}

void SamplesPanel::clear() {
    m_samples.clear();
    m_isStale = true;
    refresh();
}

void SamplesPanel::refresh() {
    if (!std::exchange(m_isStale, false)) return;
    showDomains();
    showSteps();
    m_tools->setVisible(!m_samples.empty());
    write();
}

void SamplesPanel::showDomains() {
    std::vector<std::string> domains;
    for (const auto& [step, samples] : m_samples)
        for (const TextSample& sample : samples)
            if (std::ranges::find(domains, sample.domain) == domains.end()) domains.push_back(sample.domain);
    std::vector<ToolItem> items = itemsOf(domains);
    items.insert(items.begin(), {tr("all"), QString()});
    setItems(*m_domain, items);
}

void SamplesPanel::showSteps() {
    const QSignalBlocker quiet(m_step);
    const bool follows = m_step->value() == m_step->maximum();
    m_step->setRange(0, std::max(0, static_cast<int>(m_samples.size()) - 1));
    if (follows) m_step->setValue(m_step->maximum());
    m_step->setEnabled(m_samples.size() > 1);
}

/// Newest first; of all domains, one evaluation alone.
std::vector<std::int64_t> SamplesPanel::shownSteps() const {
    std::vector<std::int64_t> steps;
    for (const auto& [step, samples] : m_samples)
        if (static_cast<int>(steps.size()) <= m_step->value()) steps.push_back(step);
    std::ranges::reverse(steps);
    if (m_domain->currentIndex() <= 0 && !steps.empty()) steps.resize(1);
    return steps;
}

void SamplesPanel::write() {
    const std::string domain = m_domain->currentData().toString().toStdString();
    const std::vector<std::int64_t> steps = shownSteps();
    m_text->clear();
    QTextCursor cursor(m_text->document());
    for (const std::int64_t step : steps)
        for (const TextSample& sample : m_samples.at(step))
            if (domain.empty() || sample.domain == domain) writeBlock(cursor, step, sample);
    m_text->moveCursor(QTextCursor::Start);
    if (steps.empty()) return m_stepText->clear();
    m_stepText->setText(tr("step %1 (%2 of %3)")
                            .arg(wholeText(steps.front()), QString::number(m_step->value() + 1),
                                 QString::number(m_samples.size())));
    m_step->setAccessibleDescription(m_stepText->text());
}

void SamplesPanel::writeBlock(QTextCursor& cursor, std::int64_t step, const TextSample& sample) const {
    const QColor dim = dimText(m_text->palette());
    QTextBlockFormat head;
    QTextCharFormat title = colored(dim);
    title.setFontWeight(QFont::Bold);
    if (!m_text->document()->isEmpty()) {
        cursor.insertBlock();
        head.setTopMargin(air);
    }
    cursor.setBlockFormat(head);
    cursor.insertText(tr("%1 · step %2").arg(QString::fromStdString(sample.domain), wholeText(step)), title);
    cursor.insertBlock(QTextBlockFormat());
    cursor.insertText(inOneParagraph(sample.prompt), colored(dim));
    cursor.insertText(inOneParagraph(sample.text), colored(m_text->palette().color(QPalette::Text)));
}

void SamplesPanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) write();
}

} // namespace retort
