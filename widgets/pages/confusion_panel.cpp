// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/confusion_panel.h"

#include "widgets/forms/bold_font.h"
#include "widgets/forms/tinted_label.h"
#include "widgets/forms/tool_button.h"
#include "widgets/pages/matrix_choice.h"
#include "widgets/plots/csv_file.h"
#include "widgets/plots/number_text.h"
#include "widgets/tables/confusion_model.h"
#include "widgets/tables/confusion_table.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <cmath>

namespace retort {
namespace {

/// Without the column unknown, in which nothing can be.
ConfusionMatrix withoutUnknown(const ConfusionMatrix& matrix) {
    ConfusionMatrix kept{matrix.rows, matrix.columns, {}};
    std::erase(kept.columns, unknown_domain);
    for (std::size_t row = 0; row < matrix.rows.size(); ++row)
        for (std::size_t column = 0; column < matrix.columns.size(); ++column)
            if (matrix.columns[column] != unknown_domain) kept.counts.push_back(matrix.at(row, column));
    return kept;
}

QString summaryOf(const ConfusionMatrix& matrix, const RoutingEvaluation& evaluation) {
    if (matrix.total() == 0) return ConfusionPanel::tr("No inputs.");
    const double share = accuracy(matrix);
    const auto right = static_cast<std::int64_t>(std::llround(share * static_cast<double>(matrix.total())));
    const Interval interval = clopper_pearson(right, matrix.total());
    QString text = ConfusionPanel::tr("Accuracy %1 [95 %: %2, %3], weighted F1 %4, macro F1 %5")
                       .arg(decimalText(share), decimalText(interval.low), decimalText(interval.high),
                            decimalText(weighted_scores(matrix).f1), decimalText(macro_scores(matrix).f1));
    if (std::isfinite(evaluation.risk_area))
        text += ConfusionPanel::tr(", risk–coverage area %1").arg(decimalText(evaluation.risk_area));
    if (std::isfinite(evaluation.unknown_auroc))
        text += ConfusionPanel::tr(", AUROC of unknown %1").arg(decimalText(evaluation.unknown_auroc));
    return text;
}

} // namespace

ConfusionPanel::ConfusionPanel(QWidget* parent)
    : QWidget(parent),
      m_choice(new MatrixChoice),
      m_model(new ConfusionModel(this)),
      m_table(new ConfusionTable(m_model)),
      m_title(new QLabel),
      m_summary(new TintedLabel) {
    m_title->setFont(boldFont(m_title->font()));
    m_summary->setObjectName(QStringLiteral("summary"));
    m_summary->setWordWrap(true);
    m_summary->setAccessibleName(tr("Scores of the matrix"));
    m_summary->setToolTip(
        tr("The interval is Clopper and Pearson’s. Risk–coverage area: mean share of wrong "
           "decisions as the surest are accepted one by one. AUROC of unknown: how well the "
           "confidence tells known domains from others."));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(createTools());
    layout->addWidget(m_table, 1);
    layout->addWidget(m_summary);
    layout->addWidget(m_choice);
    connect(m_choice, &MatrixChoice::changed, this, &ConfusionPanel::showMatrix);
    connect(m_table, &ConfusionTable::cellChosen, this, &ConfusionPanel::cellChosen);
}

QWidget* ConfusionPanel::createTools() {
    createNormalisation();
    auto* words = new QLabel(tr("Sho&w:"));
    words->setBuddy(m_normalisation);
    auto* copy =
        createToolButton("copyMatrix", tr("Cop&y"), tr("Copy the matrix as it is shown (Ctrl+C in it)"));
    auto* save = createToolButton("exportMatrix", tr("E&xport…"), tr("Counts and shares, as CSV"));
    connect(copy, &QToolButton::clicked, m_table, &ConfusionTable::copy);
    connect(save, &QToolButton::clicked, this, &ConfusionPanel::exportRequested);
    auto* tools = new QWidget;
    auto* row = new QHBoxLayout(tools);
    row->setContentsMargins({});
    row->addWidget(m_title, 1);
    for (QWidget* part : {static_cast<QWidget*>(words), static_cast<QWidget*>(m_normalisation),
                          static_cast<QWidget*>(copy), static_cast<QWidget*>(save)})
        row->addWidget(part);
    return tools;
}

void ConfusionPanel::createNormalisation() {
    m_normalisation = new QComboBox;
    m_normalisation->setObjectName(QStringLiteral("normalisation"));
    m_normalisation->setAccessibleName(tr("Cells show"));
    m_normalisation->setToolTip(tr("Of what a cell is a share"));
    m_normalisation->addItem(tr("share of the row"), static_cast<int>(Normalisation::rows));
    m_normalisation->addItem(tr("share of the column"), static_cast<int>(Normalisation::columns));
    m_normalisation->addItem(tr("share of all"), static_cast<int>(Normalisation::all));
    m_normalisation->addItem(tr("counts"), static_cast<int>(Normalisation::counts));
    connect(m_normalisation, &QComboBox::currentIndexChanged, this, [this] {
        m_model->setNormalisation(static_cast<Normalisation>(m_normalisation->currentData().toInt()));
    });
}

void ConfusionPanel::setMatrices(const RunRecord& record, const std::vector<NumberedMatrix>& matrices) {
    m_record = record;
    m_choice->setMatrices(matrices);
    showMatrix();
}

void ConfusionPanel::setForced(bool isForced) {
    m_isForced = isForced;
    showMatrix();
}

void ConfusionPanel::showMatrix() {
    const NumberedMatrix* chosen = m_choice->matrix();
    QString title = m_choice->title();
    if (!title.isEmpty()) title[0] = title[0].toUpper();
    m_title->setText(chosen == nullptr ? tr("This router has decided nothing yet.") : title);
    ConfusionMatrix matrix;
    if (chosen != nullptr && m_isForced) matrix = withoutUnknown(forced_matrix(chosen->evaluation));
    if (chosen != nullptr && !m_isForced) matrix = decided_matrix(chosen->evaluation);
    m_summary->setText(chosen == nullptr ? QString() : summaryOf(matrix, chosen->evaluation));
    m_model->setMatrix(std::move(matrix));
    Q_EMIT matrixChanged();
}

const ConfusionMatrix& ConfusionPanel::matrix() const {
    return m_model->matrix();
}

QString ConfusionPanel::cellSentence(int row, int column) const {
    return m_model->sentence(m_model->index(row, column));
}

QString ConfusionPanel::csv() const {
    const NumberedMatrix* chosen = m_choice->matrix();
    if (chosen == nullptr) return {};
    const RoutingEvaluation& one = chosen->evaluation;
    const auto text = [](const std::string& word) { return csvField(QString::fromStdString(word)); };
    const QStringList fields = {text(m_record.study),
                                text(m_record.variant),
                                QString::number(m_record.seed),
                                text(one.kind),
                                text(one.classifier),
                                text(one.split),
                                QString::number(one.fold),
                                QString::number(one.length),
                                QString::number(one.step),
                                m_isForced ? QStringLiteral("0") : QStringLiteral("1"),
                                QString()};
    return confusionCsv(
        m_model->matrix(),
        QStringLiteral("study,variant,seed,kind,classifier,split,fold,length,step,abstention,"),
        fields.join(QLatin1Char(',')));
}

} // namespace retort
