// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/shaded_cell.h"

#include "widgets/forms/accents.h"
#include "widgets/plots/data_table.h"

#include <QAction>
#include <QCoreApplication>
#include <QHeaderView>
#include <QPainter>
#include <QTableView>
#include <cmath>

namespace retort {
namespace {

double luminance(const QColor& color) {
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

void drawFrame(QPainter& painter, const QRectF& rect, const QColor& color, int width) {
    QPen pen(color, width);
    pen.setJoinStyle(Qt::MiterJoin);
    painter.setPen(pen);
    painter.drawRect(rect.adjusted(width / 2.0, width / 2.0, -width / 2.0, -width / 2.0));
}

/// Orange, which is told from every shade of blue, and wider where the keys are heard.
void drawCurrent(QPainter& painter, const QRect& rect, const QStyleOptionViewItem& option) {
    drawFrame(painter, rect, accents::orange, option.state.testFlag(QStyle::State_HasFocus) ? 3 : 2);
}

} // namespace

void ShadedCell::paint(QPainter* painter, const QStyleOptionViewItem& option,
                       const QModelIndex& index) const {
    const QVariant share = index.data(shadeRole);
    const QColor fill = share.isValid() ? shadeOf(share.toDouble(), option.palette)
                                        : option.palette.color(QPalette::AlternateBase);
    const QRect rect = option.rect.adjusted(1, 1, -1, -1);
    painter->save();
    painter->fillRect(rect, fill);
    const bool isRight = index.data(strongRole).toBool();
    QFont font = option.font;
    font.setBold(isRight);
    painter->setFont(font);
    painter->setPen(share.isValid() ? inkOn(fill) : dimText(option.palette));
    painter->drawText(rect, Qt::AlignCenter, index.data().toString());
    if (index.data(framedRole).toBool()) drawFrame(*painter, rect, option.palette.color(QPalette::Text), 2);
    if (option.state.testFlag(QStyle::State_Selected)) drawCurrent(*painter, rect, option);
    painter->restore();
}

void setUpHeatMap(QTableView& table) {
    table.setItemDelegate(new ShadedCell(&table));
    table.setFrameShape(QFrame::NoFrame);
    table.setShowGrid(false);
    table.setTabKeyNavigation(false);
    table.setCornerButtonEnabled(false);
    table.setEditTriggers(QAbstractItemView::NoEditTriggers);
    table.setSelectionMode(QAbstractItemView::SingleSelection);
    for (QHeaderView* header : {table.horizontalHeader(), table.verticalHeader()})
        header->setSectionsClickable(false);
    table.horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    auto* list = new QAction(QCoreApplication::translate("retort::ShadedCell", "Data as &table"), &table);
    list->setShortcut(Qt::Key_T);
    list->setShortcutContext(Qt::WidgetShortcut);
    table.addAction(list);
    table.setContextMenuPolicy(Qt::ActionsContextMenu);
    QObject::connect(list, &QAction::triggered, &table,
                     [&table] { openDataTable(table, table.accessibleName(), cellList(*table.model())); });
}

QColor shadeOf(double share, const QPalette& palette) {
    // The square root, so that the few mistakes of a good router can be seen at all.
    const double strength = share <= 0 ? 0 : 0.06 + 0.94 * std::sqrt(share);
    return blend(palette.color(QPalette::Base), accents::blue, strength);
}

QColor inkOn(const QColor& fill) {
    const double light = luminance(fill);
    return (1.05 / (light + 0.05)) > ((light + 0.05) / 0.05) ? QColor(Qt::white) : QColor(Qt::black);
}

} // namespace retort
