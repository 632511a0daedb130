// SPDX-License-Identifier: GPL-3.0-or-later
// ImportSpec in and out of JSON. Reading is strict: an unknown key and a value of the wrong type are
// problems.
#pragma once

#include "spec/import_spec.h"
#include "spec/run_spec_json.h"

#include <vector>

namespace retort {

/// Limits of each field and what fields ask of each other. Empty: the import can begin, as far as its own
/// fields tell (files are looked at when it is run).
[[nodiscard]] std::vector<Problem> check(const ImportSpec& spec);

/// Every field written out; "sources" is an array of objects.
[[nodiscard]] Json to_json(const ImportSpec& spec);

struct ImportSpecReading {
    ImportSpec spec;               ///< fields that could be read; the others hold their defaults
    std::vector<Problem> problems; ///< of form (keys and types) and of content (check())
};
[[nodiscard]] ImportSpecReading read_import_spec(const Json& json);

/// All fields but those of the sources, for a form.
[[nodiscard]] SectionInfo describe_import_spec();
/// The fields of one source; their pointers begin with "/sources/" and its number.
[[nodiscard]] SectionInfo describe_import_source(std::size_t number = 0);

/// Whether a domain is a programming language: known by name (py, c, cpp, …) or among spec.code_domains.
[[nodiscard]] bool is_code_domain(const ImportSpec& spec, const std::string& domain);

} // namespace retort
