// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/corpus.h"
#include "widgets/pages/data_source.h"

namespace retort {

/// What the Data page says of a corpus: its counts, and what its manifest says of its origin. Keys of the
/// manifest that nobody knows are facts under their own names; values of an unexpected form are left out.
[[nodiscard]] ListedCorpus describeCorpus(const Corpus& corpus);

} // namespace retort
