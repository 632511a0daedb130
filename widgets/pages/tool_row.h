// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVariant>
#include <QWidget>
#include <initializer_list>
#include <string>
#include <vector>

class QBoxLayout;
class QCheckBox;
class QComboBox;
class QLayout;
class QSplitter;
class QToolButton;

namespace retort {

class ReportTableView;

/// Choices and buttons beside each other, in as many rows as the width asks.
class ToolRow : public QWidget {
protected:
    explicit ToolRow(QWidget* parent = nullptr);

    /// What belongs together stays together; the cell.
    QWidget* addCell(std::initializer_list<QWidget*> parts);
    /// `label` with mnemonic and colon.
    QComboBox* addCombo(const char* name, const QString& label, const QString& help);
    QCheckBox* addCheck(const char* name, const QString& text, const QString& help);
    QToolButton* addButton(const char* name, const QString& text, const QString& help);
};

/// As wide as what is in it. `label` with mnemonic and colon, which a screen reader says without them.
[[nodiscard]] QComboBox* createCombo(const char* name, const QString& label, const QString& help = {});

/// Adds `field` behind a label whose mnemonic leads to it.
void addLabelled(QBoxLayout& row, const QString& label, QWidget* field);

/// A button that exports `table`, by the name of `file` at first.
[[nodiscard]] QToolButton* createExportButton(const char* name, const QString& text, ReportTableView* table,
                                              const QString& file);

/// `view` under a row of its tools, both without margins.
[[nodiscard]] QWidget* createUnderTools(QLayout* tools, QWidget* view);

/// Two views whose border can be moved, at first as wide as `leftShare` is to `rightShare`.
[[nodiscard]] QSplitter* createSideBySide(QWidget* left, int leftShare, QWidget* right, int rightShare);

/// A label as a screen reader says it: without mnemonic and colon.
[[nodiscard]] QString spokenName(QString label);

struct ToolItem {
    QString text;
    QVariant data;
};

/// Names that stand for themselves.
[[nodiscard]] std::vector<ToolItem> itemsOf(const std::vector<std::string>& names);

/// Keeps what is chosen where it is still there; else the first is. Without a signal.
void setItems(QComboBox& combo, const std::vector<ToolItem>& items);

} // namespace retort
