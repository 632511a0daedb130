// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QSlider;

namespace retort {

/// How much of the past a smoothed curve holds, evenly felt from off to 0.99.
class SmoothingChoice : public QWidget {
    Q_OBJECT
public:
    /// `label` with mnemonic and colon.
    explicit SmoothingChoice(const QString& label, QWidget* parent = nullptr);

    /// 0: off.
    [[nodiscard]] double weight() const;
    /// `share` of the way from off to the end, 0 to 1; half way is a weight of 0.9.
    void setShare(double share);

Q_SIGNALS:
    void weightChanged(double weight);

private:
    QSlider* m_slider;
    QLabel* m_text;
};

} // namespace retort
