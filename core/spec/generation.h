// SPDX-License-Identifier: GPL-3.0-or-later
// A text that a trained model writes: what is asked, and what comes back token by token.
#pragma once

#include "spec/field.h"
#include "spec/routing.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace retort {

struct GenerationRequest {
    std::string prompt; ///< UTF-8; empty: a document's beginning
    std::int64_t tokens = 100;
    double temperature = 0.8; ///< 0: always the most probable token
    std::int64_t top_k = 0;   ///< 0: all
    double top_p = 0.95;
    std::uint64_t seed = 1;
    std::string stop; ///< the text ends before this one; empty: none
    /// Who writes in a modular run: an expert's name, or a setting as spec/grid.h writes it; empty: as the
    /// run was evaluated, with the router's decision on the prompt.
    std::string setting;
};

/// Who writes in a modular run, decided once, on the prompt.
struct GenerationRoute {
    std::string writer;                ///< "en", "en+common", "average(all)"
    std::vector<std::string> domains;  ///< that the router knows; none where the run has no router
    std::vector<double> probabilities; ///< as many
    double threshold = 0;              ///< of confidence, below which the router abstains
    std::string decided;               ///< a domain or "unknown"; empty without a router
    bool chosen = false;               ///< the writer was named by the request

    [[nodiscard]] bool abstained() const { return decided == unknown_domain; }
};

struct GenerationStart {
    std::int64_t prompt_tokens = 0;        ///< with the one that begins a document
    std::int64_t prompt_tokens_unread = 0; ///< its first ones, for which the context has no room
    std::optional<GenerationRoute> route;  ///< of a modular run
};

struct GenerationAlternative {
    std::string text; ///< of the token alone; a byte of a letter reads <0xE2>, the end </s>
    double probability = 0;
};

struct GeneratedToken {
    std::int64_t number = 0; ///< from 1
    std::int32_t id = 0;
    std::string piece; ///< as GenerationAlternative::text
    /// What may be shown once this token is there, UTF-8: empty while a letter is incomplete or the text may
    /// be the beginning of the stop text. Joined they are the whole text.
    std::string text;
    double probability = 0; ///< the model's own, before temperature, top-k and top-p; as of the alternatives
    std::vector<GenerationAlternative> alternatives; ///< the most probable tokens, at most ten
};

enum class GenerationEnd {
    tokens,   ///< as many as were asked for
    document, ///< the model ended the document
    stop_text,
    stopped ///< by the person
};

template <>
struct EnumNames<GenerationEnd> {
    static constexpr std::array<std::pair<GenerationEnd, std::string_view>, 4> values = {
        {{GenerationEnd::tokens, "tokens"},
         {GenerationEnd::document, "document"},
         {GenerationEnd::stop_text, "stop text"},
         {GenerationEnd::stopped, "stopped"}}};
};

} // namespace retort
