// SPDX-License-Identifier: GPL-3.0-or-later
// Title, curves and their values above a plot: legend, readout and switches at once.
#pragma once

#include "widgets/plots/series_style.h"

#include <QAbstractButton>
#include <QHash>
#include <QLabel>
#include <QScrollArea>

namespace retort {

/// A curve's line, name (in the middle cut, where it is long) and value; pressing it shows or hides the
/// curve, with Shift shows it alone.
class LegendEntry : public QAbstractButton {
    Q_OBJECT
public:
    LegendEntry(const QString& label, SeriesStyle style, QWidget* parent = nullptr);

    void setValue(const QString& value);
    [[nodiscard]] QString value() const { return m_value; }
    QSize sizeHint() const override;

Q_SIGNALS:
    void isolationRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;
    void nextCheckState() override;

private:
    void describe();
    [[nodiscard]] QString name() const;

    SeriesStyle m_style;
    QString m_value;
    bool m_isShifted = false; ///< the last key or button was pressed with Shift
    int m_valueWidth = 0;     ///< of the widest value so far, so that the line does not tremble
};

/// In as many rows as the width asks; of more than three, one scrolls.
class LegendBar : public QScrollArea {
    Q_OBJECT
public:
    LegendBar(const QString& title, const QString& unit, QWidget* parent = nullptr);

    void setTitle(const QString& title, const QString& unit);
    void addEntry(const QString& id, const QString& label, SeriesStyle style, bool isVisible);
    void removeEntries();
    void setValue(const QString& id, const QString& value);
    void setChecked(const QString& id, bool isVisible);
    /// "loss 3.41 (3.52)  ce 3.6", the shown curves alone, in order.
    [[nodiscard]] QString text() const;

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void toggled(const QString& id, bool isVisible);
    void isolationRequested(const QString& id);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* m_content;
    QLabel* m_title;
    QList<LegendEntry*> m_order;
    QHash<QString, LegendEntry*> m_entries;
};

} // namespace retort
