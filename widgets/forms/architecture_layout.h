// SPDX-License-Identifier: GPL-3.0-or-later
// Where the parts of a modular model stand in its drawing, and what each says.
#pragma once

#include "spec/run_spec.h"

#include <QFontMetricsF>
#include <QLineF>
#include <QRectF>
#include <QString>

#include <vector>

namespace retort {

struct ArchitectureBox {
    enum class Kind { table, step, expert, common };

    Kind kind = Kind::table;
    QRectF area;
    QString name;
    QString count;        ///< of its parameters, short; empty: it has none of its own
    QString help;         ///< a sentence, with all digits of the count
    bool isActive = true; ///< one token passes it; of the experts, the first stands for the chosen one
};

/// From the text at the bottom to the prediction at the top.
struct ArchitectureLayout {
    std::vector<ArchitectureBox> boxes;
    std::vector<QLineF> arrows; ///< each ends where it points
    QRectF frame;               ///< around the experts
};

/// Experts stand side by side, in as many rows as their texts ask. Requires `spec.modular`.
[[nodiscard]] ArchitectureLayout layOutArchitecture(const RunSpec& spec, const QRectF& area,
                                                    const QFontMetricsF& metrics);

/// Below which texts would be cut.
[[nodiscard]] double architectureHeight(const RunSpec& spec, double width, const QFontMetricsF& metrics);

} // namespace retort
