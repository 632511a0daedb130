// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/teacher.h"

#include "base/error.h"
#include "nn/model_folder.h"
#include "nn/torch_settings.h"
#include "nn/trainee.h"

#include <ATen/ATen.h>

namespace retort {
namespace fs = std::filesystem;
namespace {

Gpt2 load(const TrainingMember& user, const ResolvedSettings& resolved, std::int64_t vocab) {
    Gpt2 model = read_model(user.inputs.teacher);
    const std::int64_t context = user.ticket.plan.spec.data.context;
    if (model.shape().vocab != vocab || model.shape().positions < context)
        throw Error(ErrorKind::data, "The teacher in " + user.inputs.teacher.string() +
                                         " has a vocabulary of " + std::to_string(model.shape().vocab) +
                                         " and " + std::to_string(model.shape().positions) +
                                         " positions where " + std::to_string(vocab) + " and " +
                                         std::to_string(context) +
                                         " are needed; take one of the same tokenizer.");
    return frozen(std::move(model), compute_type(resolved), at::Device(resolved.device));
}

std::vector<BlockCache> open_caches(const TrainingMember& user, const TokenStore& store, std::int64_t width) {
    std::vector<BlockCache> caches;
    if (user.inputs.teacher_cache.empty()) return caches;
    const RunSpec& spec = user.ticket.plan.spec;
    const DataSpec& data = spec.data;
    fs::create_directories(user.inputs.teacher_cache);
    for (const std::string& domain : training_domains(spec))
        caches.emplace_back(user.inputs.teacher_cache / ("hidden." + domain),
                            store.windows("train", domain, data.context), data.context * width);
    return caches;
}

} // namespace

Teacher::Teacher(const TrainingMember& user, const ResolvedSettings& resolved, const TokenStore& store)
    : model_(load(user, resolved, store.vocab())),
      compute_(compute_type(resolved)),
      caches_(open_caches(user, store, model_.shape().width)) {}

at::Tensor Teacher::hidden(const Batch& batch, std::span<const SampledSequence> sequences,
                           const ForwardContext& context) {
    const at::NoGradGuard no_grad;
    return (caches_.empty() ? model_.hidden(batch.inputs, context) : cached_hidden(batch, sequences, context))
        .flatten(0, 1);
}

at::Tensor Teacher::cached_hidden(const Batch& batch, std::span<const SampledSequence> sequences,
                                  const ForwardContext& context) {
    const std::int64_t length = batch.inputs.size(1);
    const at::Tensor all =
        at::empty({batch.inputs.size(0), length, model_.shape().width}, at::TensorOptions(at::kBFloat16));
    std::vector<std::int64_t> missing;
    for (std::size_t i = 0; i < sequences.size(); ++i) {
        const auto row = static_cast<std::int64_t>(i);
        const BlockCache& cache = caches_[static_cast<std::size_t>(sequences[i].domain)];
        if (!cache.read(sequences[i].window, bits_of(all[row]))) missing.push_back(row);
    }
    if (!missing.empty()) {
        const at::Tensor rows = at::tensor(missing, at::kLong);
        const at::Tensor computed =
            model_.hidden(batch.inputs.index_select(0, rows.to(batch.inputs.device())), context)
                .to(at::kCPU, at::kBFloat16);
        all.index_copy_(0, rows, computed);
        for (const std::int64_t row : missing)
            keep(all[row], sequences[static_cast<std::size_t>(row)]);
    }
    return all.to(batch.inputs.device(), compute_);
}

void Teacher::keep(const at::Tensor& block, const SampledSequence& sequence) {
    if (is_disk_full_) return;
    if (!caches_[static_cast<std::size_t>(sequence.domain)].write(sequence.window, bits_of(block)))
        is_disk_full_ = true;
}

} // namespace retort
