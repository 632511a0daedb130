// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/forms/model_outline.h"

#include <QWidget>

namespace retort {

/// A drawing of the models of a run: teacher and student side by side, from the tokens at the bottom to the
/// head at the top, with what joins them. Widths and heights follow the models' widths and layers.
class ArchitectureView : public QWidget {
    Q_OBJECT
public:
    explicit ArchitectureView(QWidget* parent = nullptr);

    /// Requires a run without problems.
    void setRun(const RunSpec& spec);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<ModelOutline> m_models;
    QString m_link; ///< what joins teacher and student
};

} // namespace retort
