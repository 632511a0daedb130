// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/language_model.h"

#include "base/error.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <sstream>

namespace retort {
namespace {

std::string sizes_text(const at::Tensor& tensor) {
    std::ostringstream text;
    text << tensor.sizes();
    return text.str();
}

} // namespace

void LanguageModel::load(const std::vector<NamedTensor>& weights, const std::string& source) {
    const at::NoGradGuard no_grad;
    for (const NamedTensor& parameter : parameters()) {
        const auto found = std::ranges::find(weights, parameter.name, &NamedTensor::name);
        if (found == weights.end())
            throw Error(ErrorKind::data,
                        source + " has no tensor " + parameter.name + "; take a model of the same shape.");
        if (found->tensor.sizes() != parameter.tensor.sizes())
            throw Error(ErrorKind::data, source + ": " + parameter.name + " has the shape " +
                                             sizes_text(found->tensor) + " where " +
                                             sizes_text(parameter.tensor) + " is needed.");
        parameter.tensor.detach().copy_(found->tensor);
    }
}

} // namespace retort
