// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plots/series_style.h"

#include <QWidget>
#include <vector>

namespace retort {

/// What a curve is at the cursor.
struct ReadoutRow {
    QString name;
    QString value;
    SeriesStyle style;
    bool isFaint = false;   ///< a seed behind a mean
    bool isNearest = false; ///< to the pointer
};

/// Floats beside the cursor of a plot and lets the mouse through. Where not all rows fit, those around the
/// nearest one stay, and a last line says how many do not.
class ReadoutBox : public QWidget {
    Q_OBJECT
public:
    explicit ReadoutBox(QWidget* parent);

    /// In the order in which the curves lie on the screen; without rows the box hides. `x`: the cursor,
    /// within `axes`, both in the parent's pixels.
    void showRows(const QString& heading, std::vector<ReadoutRow> rows, int x, const QRect& axes);
    [[nodiscard]] const std::vector<ReadoutRow>& rows() const { return m_rows; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void keepAround(std::size_t count);
    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] int widthOfNames() const;
    [[nodiscard]] int widthOfValues() const;
    void paintRow(QPainter& painter, const ReadoutRow& row, int top) const;

    QString m_heading;
    std::vector<ReadoutRow> m_rows; ///< those that fit
    std::size_t m_omitted = 0;
};

} // namespace retort
