// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plots/line_plot.h"

#include <QCoreApplication>
#include <QImage>
#include <memory>
#include <vector>

namespace retort::test {

/// A plot with one curve "ce" whose values start at step 1; ten tokens and two seconds a step.
struct PlotFixture {
    explicit PlotFixture(const std::vector<double>& values, PlotGroup* group = nullptr)
        : plot(QStringLiteral("Loss"), QStringLiteral("nats per token"), group) {
        plot.resize(600, 300);
        add(QStringLiteral("ce"), values);
    }
    void add(const QString& id, const std::vector<double>& values) {
        plot.addCurve({.id = id, .label = id, .style = styleOf(id), .clock = clock});
        for (std::size_t i = 0; i < values.size(); ++i) {
            const auto step = static_cast<std::int64_t>(i) + 1;
            clock->append({step, step * 10, static_cast<double>(step) * 2});
            plot.append(id, step, values[i]);
        }
    }
    QImage picture() {
        plot.show();
        QCoreApplication::processEvents();
        QCoreApplication::processEvents();
        return plot.grab().toImage();
    }
    std::shared_ptr<RunClock> clock = std::make_shared<RunClock>();
    LinePlot plot;
};

} // namespace retort::test
