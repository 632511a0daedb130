// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

class QHBoxLayout;

namespace retort {

/// Widgets in their order in as many columns as there is room for, each about as tall as the others. A widget
/// that grows or shrinks does not move the others to another column.
class ColumnFlow : public QWidget {
    Q_OBJECT
public:
    explicit ColumnFlow(QWidget* parent = nullptr);

    /// `weight`: about how tall, in lines.
    void add(QWidget* widget, int weight);
    /// Deletes all widgets.
    void clear();
    void setColumnWidth(int minimum);

protected:
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Item {
        QWidget* widget;
        int weight;
    };

    [[nodiscard]] int columnsThatFit() const;
    void arrange(int columns);

    QHBoxLayout* m_layout;
    QList<Item> m_items;
    int m_columnWidth = 320;
    int m_columns = 0;
};

} // namespace retort
