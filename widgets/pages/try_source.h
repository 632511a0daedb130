// SPDX-License-Identifier: GPL-3.0-or-later
// What the Try page needs of trained runs.
#pragma once

#include "spec/generation.h"

#include <functional>
#include <string>
#include <vector>

namespace retort {

struct TryRequest {
    std::string run; ///< id
    GenerationRequest text;
};

/// What is told of a text while it is written; `text` counts the requests from 0.
struct TryListener {
    std::function<void(std::size_t text, const GenerationStart& start)> started;
    std::function<void(std::size_t text, const std::vector<GeneratedToken>& more)> written;
    /// `problem`: a sentence why there is no more of it; empty when all is well.
    std::function<void(std::size_t text, GenerationEnd end, const std::string& problem)> ended;
};

/// All calls come from the window's thread and concern runs that the page was given; so do the answers.
class TrySource {
public:
    virtual ~TrySource() = default;
    /// Writes texts side by side. Of those that an earlier call began, nothing more is heard. Nothing is
    /// heard after the source has gone.
    virtual void write(std::vector<TryRequest> requests, TryListener listener) = 0;
    /// Those under way end soon, as `stopped`.
    virtual void stopWriting() = 0;
};

} // namespace retort
