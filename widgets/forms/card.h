// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class QVBoxLayout;

namespace retort {

/// A rounded surface that groups what belongs together, with an optional title.
class Card : public QWidget {
    Q_OBJECT
public:
    explicit Card(const QString& title = {}, QWidget* parent = nullptr);

    /// Where the contents go, below the title.
    [[nodiscard]] QVBoxLayout* body() const { return m_body; }
    /// To the right of the title.
    void addToTitle(QWidget* widget);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QHBoxLayout* m_titleRow;
    QVBoxLayout* m_body;
};

} // namespace retort
