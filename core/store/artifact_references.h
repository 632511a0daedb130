// SPDX-License-Identifier: GPL-3.0-or-later
// Which artifacts the runs of a workspace still need, told from what is stored alone.
#pragma once

#include "store/connection.h"

#include <map>
#include <set>
#include <string>

namespace retort {

enum class Binned { are_stored, are_gone };

/// By artifact, the labels of the runs that need it. A run needs its model, all that the model's recipe was
/// made from, and the artifacts that its specification names; one that is not done needs besides every token
/// store and tokenizer that its data may ask for, and the models of its study's teachers, routers and
/// experts. The queue's runs are among those. `binned` says whether runs in the bin count.
[[nodiscard]] std::map<std::string, std::set<std::string>> artifact_references(Connection& connection,
                                                                               Binned binned);

} // namespace retort
