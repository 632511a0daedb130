// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/tool_row.h"

#include "widgets/forms/tool_button.h"
#include "widgets/plots/flow_layout.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <algorithm>

namespace retort {

ToolRow::ToolRow(QWidget* parent) : QWidget(parent) {
    auto* layout = new FlowLayout(this);
    layout->setContentsMargins({});
}

QWidget* ToolRow::addCell(std::initializer_list<QWidget*> parts) {
    auto* cell = new QWidget;
    auto* row = new QHBoxLayout(cell);
    row->setContentsMargins(0, 0, 10, 4);
    for (QWidget* part : parts)
        row->addWidget(part);
    layout()->addWidget(cell);
    return cell;
}

QComboBox* ToolRow::addCombo(const char* name, const QString& label, const QString& help) {
    auto* words = new QLabel(label);
    auto* combo = new QComboBox;
    combo->setObjectName(QLatin1String(name));
    combo->setAccessibleName(spokenName(label));
    combo->setToolTip(help);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    words->setBuddy(combo);
    addCell({words, combo});
    return combo;
}

QCheckBox* ToolRow::addCheck(const char* name, const QString& text, const QString& help) {
    auto* check = new QCheckBox(text);
    check->setObjectName(QLatin1String(name));
    check->setToolTip(help);
    addCell({check});
    return check;
}

QToolButton* ToolRow::addButton(const char* name, const QString& text, const QString& help) {
    QToolButton* button = createToolButton(name, text, help);
    addCell({button});
    return button;
}

QString spokenName(QString label) {
    return label.remove(QLatin1Char('&')).remove(QLatin1Char(':'));
}

std::vector<ToolItem> itemsOf(const std::vector<std::string>& names) {
    std::vector<ToolItem> items;
    for (const std::string& name : names)
        items.push_back({QString::fromStdString(name), QString::fromStdString(name)});
    return items;
}

void setItems(QComboBox& combo, const std::vector<ToolItem>& items) {
    const QSignalBlocker quiet(combo);
    const QVariant chosen = combo.currentData();
    combo.clear();
    for (const ToolItem& item : items)
        combo.addItem(item.text, item.data);
    combo.setCurrentIndex(std::max(0, combo.findData(chosen)));
    combo.setEnabled(combo.count() > 1);
}

} // namespace retort
