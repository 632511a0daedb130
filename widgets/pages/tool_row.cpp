// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/tool_row.h"

#include "widgets/forms/tool_button.h"
#include "widgets/plots/flow_layout.h"
#include "widgets/tables/report_table_view.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

namespace retort {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(retort::ToolRow)
};

} // namespace

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
    QComboBox* combo = createCombo(name, label, help);
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

QComboBox* createCombo(const char* name, const QString& label, const QString& help) {
    auto* combo = new QComboBox;
    combo->setObjectName(QLatin1String(name));
    combo->setAccessibleName(spokenName(label));
    combo->setToolTip(help);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    return combo;
}

void addLabelled(QBoxLayout& row, const QString& label, QWidget* field) {
    auto* words = new QLabel(label);
    words->setBuddy(field);
    row.addWidget(words);
    row.addWidget(field);
}

QToolButton* createExportButton(const char* name, const QString& text, ReportTableView* table,
                                const QString& file) {
    QToolButton* button = createToolButton(name, text, Text::tr("As CSV, Markdown or LaTeX"));
    QObject::connect(button, &QToolButton::clicked, table, [table, file] { table->askAndExport(file); });
    return button;
}

QWidget* createUnderTools(QLayout* tools, QWidget* view) {
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins({});
    layout->setSpacing(4);
    tools->setContentsMargins({});
    layout->addLayout(tools);
    layout->addWidget(view, 1);
    return box;
}

QSplitter* createSideBySide(QWidget* left, int leftShare, QWidget* right, int rightShare) {
    auto* split = new QSplitter(Qt::Horizontal);
    split->setChildrenCollapsible(false);
    split->setHandleWidth(8);
    split->addWidget(left);
    split->addWidget(right);
    split->setSizes({leftShare, rightShare});
    return split;
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
