// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/command.h"
#include "data/tokenizer.h"

#include <string>

namespace retort::ctl {

/// Of the workspace by its id, or a tokenizer.json or .model file where it lies.
[[nodiscard]] Tokenizer open_named_tokenizer(const Invocation& invocation, const std::string& name);

void add_tokenizer_tables(CLI::App& tokenizer, Invocation& invocation); ///< stats, compare

} // namespace retort::ctl
