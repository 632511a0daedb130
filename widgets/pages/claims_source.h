// SPDX-License-Identifier: GPL-3.0-or-later
// What the claims of a study need from a workspace.
#pragma once

#include "analysis/claims.h"

#include <functional>
#include <string>

namespace retort {

class ClaimsSource {
public:
    using Answer = std::function<void(const StudyClaims& claims)>;

    virtual ~ClaimsSource() = default;
    /// What the newest text of a study claims, and what its finished runs say to it; no claims where there is
    /// no text or it cannot be read. The answer comes on the window's thread, at once or later; it does not
    /// come after the source has gone.
    virtual void readClaims(const std::string& study, Answer answer) = 0;
};

} // namespace retort
