// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/run_spec_json.h"

#include <memory>
#include <utility>

namespace retort {

/// A document that its copies share, because thousands of runs are handed about with theirs. It is replaced
/// as a whole and never changed, so that threads may share it too.
class SharedJson {
public:
    SharedJson() : SharedJson(Json()) {}
    // NOLINTNEXTLINE(google-explicit-constructor): takes the place of a Json
    SharedJson(Json json) : json_(std::make_shared<const Json>(std::move(json))) {}

    // NOLINTNEXTLINE(google-explicit-constructor)
    operator const Json&() const { return *json_; }
    const Json& operator*() const { return *json_; }
    const Json* operator->() const { return json_.get(); }

private:
    std::shared_ptr<const Json> json_;
};

} // namespace retort
