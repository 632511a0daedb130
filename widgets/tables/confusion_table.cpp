// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/confusion_table.h"

#include "widgets/forms/accents.h"
#include "widgets/tables/confusion_model.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

namespace retort {
namespace {

/// The colour of a selection would hide the shade, so that the current cell has a frame instead.
class ShadedCell final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const QVariant share = index.data(ConfusionModel::ShareRole);
        const QColor fill = share.isValid() ? shadeOf(share.toDouble(), option.palette)
                                            : option.palette.color(QPalette::AlternateBase);
        const QRect rect = option.rect.adjusted(1, 1, -1, -1);
        painter->save();
        painter->fillRect(rect, fill);
        const bool isRight = index.data(ConfusionModel::RightRole).toBool();
        QFont font = option.font;
        font.setBold(isRight);
        painter->setFont(font);
        painter->setPen(share.isValid() ? inkOn(fill) : dimText(option.palette));
        painter->drawText(rect, Qt::AlignCenter, index.data().toString());
        if (option.state.testFlag(QStyle::State_Selected)) drawFrame(*painter, rect, option);
        painter->restore();
    }

private:
    /// Orange, which is told from every shade of blue, and wider where the keys are heard.
    static void drawFrame(QPainter& painter, const QRect& rect, const QStyleOptionViewItem& option) {
        const int width = option.state.testFlag(QStyle::State_HasFocus) ? 3 : 2;
        QPen pen(accents::orange, width);
        pen.setJoinStyle(Qt::MiterJoin);
        painter.setPen(pen);
        painter.drawRect(QRectF(rect).adjusted(width / 2.0, width / 2.0, -width / 2.0, -width / 2.0));
    }
};

} // namespace

ConfusionTable::ConfusionTable(ConfusionModel* model, QWidget* parent) : QTableView(parent), m_matrix(model) {
    setModel(model);
    setItemDelegate(new ShadedCell(this));
    setAccessibleName(tr("Confusion matrix, true domains by what was said"));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionMode(QAbstractItemView::SingleSelection);
    for (QHeaderView* header : {horizontalHeader(), verticalHeader()}) {
        header->setSectionResizeMode(QHeaderView::Stretch);
        header->setHighlightSections(true);
        header->setSectionsClickable(false);
    }
    horizontalHeader()->setMinimumSectionSize(fontMetrics().horizontalAdvance(QStringLiteral("0.00000")));
    verticalHeader()->setMinimumSectionSize(fontMetrics().height() + 8);
    connect(this, &QTableView::clicked, this, &ConfusionTable::choose);
}

void ConfusionTable::choose(const QModelIndex& index) {
    if (m_matrix->isCell(index)) Q_EMIT cellChosen(index.row(), index.column());
}

void ConfusionTable::copy() {
    QGuiApplication::clipboard()->setText(m_matrix->plainText());
}

void ConfusionTable::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy)) return copy();
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return choose(currentIndex());
    QTableView::keyPressEvent(event);
}

/// All of six rows, so that a splitter does not hide half of the matrix.
QSize ConfusionTable::minimumSizeHint() const {
    const int rows = horizontalHeader()->sizeHint().height() + 6 * verticalHeader()->minimumSectionSize();
    return {QTableView::minimumSizeHint().width(), rows};
}

} // namespace retort
