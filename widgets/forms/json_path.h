// SPDX-License-Identifier: GPL-3.0-or-later
// Reading and editing a JSON document by pointer, where the way to a value may be missing or blocked.
#pragma once

#include "spec/run_spec_json.h"

#include <string>
#include <string_view>

namespace retort {

/// Null when there is nothing at `pointer`. Object keys only; "" is the document itself.
[[nodiscard]] const Json* valueAt(const Json& document, std::string_view pointer);

/// Makes the objects on the way; what is no object on the way gives place to one.
void setAt(Json& document, std::string_view pointer, Json value);

/// Removes the value, and the objects around it that are empty then.
void eraseAt(Json& document, std::string_view pointer);

/// Gives a key of an object another name in its old place. Requires an object that has no key `to`.
void renameKey(Json& object, const std::string& from, const std::string& to);

} // namespace retort
