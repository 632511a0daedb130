// SPDX-License-Identifier: GPL-3.0-or-later
// Curves by the tags of TensorBoard, which groups its charts by what comes before the first '/'.
#pragma once

#include "spec/event.h"

#include <string>
#include <string_view>

namespace retort {

/// `train/ce`, `valid/nll/fr`, `valid/nll/fr/expert:de/setting:uniform`. '/', ':' and '%' within a part
/// become %2F, %3A and %25.
[[nodiscard]] std::string tag_of(const SeriesKey& key);

/// The inverse.
[[nodiscard]] SeriesKey key_of_own_tag(std::string_view tag);

/// Of another program's tag, which stays the name, but for `train/` before it. `folder` is the split that its
/// folder stands for, or empty. What is named after validation or tests is of those splits; as its name says
/// so too, no two curves of a run have one name.
[[nodiscard]] SeriesKey key_of_foreign_tag(std::string_view tag, std::string_view folder = {});

/// The split that a folder or the first part of a tag stands for: train, valid or test; empty for another.
[[nodiscard]] std::string split_named(std::string_view name);

} // namespace retort
