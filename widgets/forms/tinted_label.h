// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QLabel>
#include <QPalette>

namespace retort {

/// A label whose text colour is computed from the application's palette, and again when that changes.
class TintedLabel : public QLabel {
    Q_OBJECT
public:
    using Tint = QColor (*)(const QPalette&);

    /// Without `tint`: secondary text.
    explicit TintedLabel(const QString& text = {}, QWidget* parent = nullptr, Tint tint = nullptr);

    void setTint(Tint tint);
    /// Relative to the application's font, e.g. 0.9 for captions.
    void setScale(double scale, bool bold = false);

protected:
    void changeEvent(QEvent* event) override;

private:
    void applyTint();

    Tint m_tint;
};

} // namespace retort
