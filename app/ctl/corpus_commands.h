// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/command.h"
#include "data/corpus.h"
#include "spec/import_report.h"

#include <string>

namespace retort::ctl {

/// import, below `corpus`.
void add_import_command(CLI::App& corpus, Invocation& invocation);

/// Its files, as a table.
void print_corpus(const Corpus& corpus);

/// A report as a person reads it, with an end of line.
[[nodiscard]] std::string import_text(const ImportReport& report);

} // namespace retort::ctl
