// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/hugging_face/text_steps.h"

namespace retort::hugging_face {

std::string replaced(std::string_view text, std::string_view pattern, std::string_view content) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t place = text.find(pattern); place != text.npos; place = text.find(pattern)) {
        out += text.substr(0, place);
        out += content;
        text.remove_prefix(place + pattern.size());
    }
    return out += text;
}

std::string normalized(std::string_view text, const std::vector<NormalizerStep>& steps) {
    std::string out(text);
    for (const NormalizerStep& step : steps) {
        if (step.kind == NormalizerStep::Kind::replace)
            out = replaced(out, step.pattern, step.content);
        else if (!out.empty())
            out.insert(0, step.content);
    }
    return out;
}

} // namespace retort::hugging_face
