// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/run_spec.h"

#include <QWidget>

#include <optional>

namespace retort {

/// A drawing of a modular model: embedding, router, an expert for each domain, the common one beside them,
/// how they are mixed, and the head; of ple whole models side by side. Boxes bear their parameters, a tool
/// tip says more of each, and what one token passes stands out.
class ArchitectureDiagram : public QWidget {
    Q_OBJECT
public:
    explicit ArchitectureDiagram(QWidget* parent = nullptr);

    /// Requires a run of the task modular without problems.
    void setRun(const RunSpec& spec);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QRectF area() const;
    [[nodiscard]] QFontMetricsF metrics() const;

    std::optional<RunSpec> m_spec;
};

} // namespace retort
