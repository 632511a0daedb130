// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace retort {

/// The line that opens and closes a section; checked is open. It says how much inside is changed or wrong, so
/// that nothing hides in a closed section.
class SectionHeader : public QAbstractButton {
    Q_OBJECT
public:
    SectionHeader(const QString& title, bool isNested, QWidget* parent = nullptr);

    void setCounts(int changed, int problems);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintArrow(QPainter& painter) const;
    int paintCount(QPainter& painter, int right, const QString& text, const QColor& color) const;

    int m_changed = 0;
    int m_problems = 0;
};

} // namespace retort
