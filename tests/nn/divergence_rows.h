// SPDX-License-Identifier: GPL-3.0-or-later
// Every divergence as a row of a data-driven test.
#pragma once

#include "spec/distill_spec_fields.h"

#include <QTest>
#include <string>

namespace retort::test {

inline void add_divergences() {
    QTest::addColumn<Divergence>("divergence");
    for (const auto& [divergence, name] : EnumNames<Divergence>::values)
        QTest::newRow(std::string(name).c_str()) << divergence;
}

} // namespace retort::test
