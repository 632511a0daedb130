// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/forms/tinted_label.h"

namespace retort {

/// A few words in a rounded frame of their own tint.
class Badge : public TintedLabel {
    Q_OBJECT
public:
    explicit Badge(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace retort
