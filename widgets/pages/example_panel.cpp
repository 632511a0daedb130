// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/example_panel.h"

#include "widgets/pages/evidence_view.h"
#include "widgets/plots/number_text.h"
#include "widgets/tables/example_model.h"
#include "widgets/tables/reading_table.h"

#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>

namespace retort {

ExamplePanel::ExamplePanel(QWidget* parent)
    : QWidget(parent),
      m_model(new ExampleModel(this)),
      m_title(new QLabel),
      m_table(new QTableView),
      m_text(new EvidenceView),
      m_content(new QSplitter(Qt::Vertical)) {
    m_title->setObjectName(QStringLiteral("examplesTitle"));
    m_title->setWordWrap(true);
    createTable();
    m_content->setChildrenCollapsible(false);
    m_content->setHandleWidth(6);
    m_content->addWidget(m_table);
    m_content->addWidget(m_text);
    m_content->setSizes({1000, 1300});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 6);
    layout->setSpacing(6);
    layout->addWidget(m_title);
    layout->addWidget(m_content, 1);
    layout->addStretch(0);
}

void ExamplePanel::createTable() {
    m_table->setObjectName(QStringLiteral("examples"));
    m_table->setAccessibleName(tr("Texts of the chosen cell"));
    m_table->setModel(m_model);
    setUpReadingTable(*m_table);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setWordWrap(false);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) { showText(current.row()); });
}

void ExamplePanel::showAdvice(const QString& sentence) {
    m_title->setText(sentence);
    m_model->setExamples({}, {});
    m_text->clear();
    m_content->setVisible(false);
}

void ExamplePanel::showExamples(const QString& cell, std::int64_t count, std::vector<RoutedExample> examples,
                                const std::vector<std::string>& domains) {
    if (count == 0) return showAdvice(tr("%1. No input fell into this cell.").arg(cell));
    if (examples.empty()) return showAdvice(tr("%1. None of their texts was kept.").arg(cell));
    const auto kept = static_cast<std::int64_t>(examples.size());
    m_title->setText(kept >= count ? cell
                                   : tr("%1. %2 of them were kept to be read.").arg(cell, wholeText(kept)));
    m_content->setVisible(true);
    m_model->setExamples(std::move(examples), domains);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(m_model->columnCount() - 1, QHeaderView::Stretch);
    m_table->setCurrentIndex(m_model->index(0, 0));
}

void ExamplePanel::showText(int row) {
    if (row < 0) return m_text->clear();
    const RoutedExample& example = m_model->examples()[static_cast<std::size_t>(row)];
    m_text->setText(example.pieces, example.evidence);
}

} // namespace retort
