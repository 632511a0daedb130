// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace retort {

/// What speaks most for a domain, the strongest first.
struct DomainFeatures {
    struct Feature {
        std::string text; ///< of the token, or of the run of tokens
        double weight = 0;
    };
    std::string domain;
    std::vector<Feature> features;
};

} // namespace retort
