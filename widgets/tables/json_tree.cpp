// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/json_tree.h"

#include <QHeaderView>

namespace retort {
namespace {

void addItems(QTreeWidgetItem* parent, const Json& json, const QString& pointer) {
    for (const auto& [key, value] : json.items()) {
        const QString name = QString::fromStdString(key);
        auto* item = new QTreeWidgetItem(parent, {name});
        item->setToolTip(0, pointer + QLatin1Char('/') + name);
        if (value.is_object())
            addItems(item, value, item->toolTip(0));
        else
            item->setText(1, jsonText(value));
        item->setToolTip(1, item->text(1)); // the column may be too narrow for it
    }
}

} // namespace

QString jsonText(const Json& json) {
    if (json.is_string()) return QString::fromStdString(json.get<std::string>());
    if (!json.is_array()) return QString::fromStdString(json.dump());
    QStringList parts;
    for (const Json& element : json)
        parts << jsonText(element);
    return parts.join(QStringLiteral(", "));
}

JsonTree::JsonTree(QWidget* parent) : QTreeWidget(parent) {
    setColumnCount(2);
    setHeaderLabels({tr("Field"), tr("Value")});
    setAlternatingRowColors(true);
    setUniformRowHeights(true);
    setFrameShape(QFrame::NoFrame);
    header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
}

void JsonTree::setJson(const Json& json) {
    clear();
    if (json.is_object()) addItems(invisibleRootItem(), json, {});
    expandAll();
}

} // namespace retort
