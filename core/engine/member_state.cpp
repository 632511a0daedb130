// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/member_state.h"

#include "base/error.h"

namespace retort {
namespace {

Json resolved_json(const ResolvedSettings& resolved) {
    return {{"device", resolved.device},   {"precision", resolved.precision},
            {"threads", resolved.threads}, {"vector_level", resolved.vector_level},
            {"blas", resolved.blas},       {"torch", resolved.torch}};
}

} // namespace

Json to_json(const MemberState& state) {
    Json json = {{"wall_seconds", state.wall_seconds},
                 {"evaluated_step", state.evaluated_step},
                 {"sampler",
                  {{"micro_batches", state.sampler.micro_batches},
                   {"drawn", state.sampler.drawn},
                   {"replayed", state.sampler.replayed}}},
                 {"objective", state.objective},
                 {"stages", state.stages},
                 {"resolved", resolved_json(state.resolved)}};
    if (state.best) json["best"] = {{"step", state.best->step}, {"loss", state.best->loss}};
    return json;
}

MemberState member_state_of(const Json& json) try {
    MemberState state;
    state.wall_seconds = json.at("wall_seconds");
    state.evaluated_step = json.at("evaluated_step");
    state.sampler.micro_batches = json.at("sampler").at("micro_batches");
    state.sampler.drawn = json.at("sampler").at("drawn").get<std::map<std::string, std::int64_t>>();
    state.sampler.replayed = json.at("sampler").value("replayed", std::map<std::string, std::int64_t>());
    state.objective = json.at("objective");
    state.stages = json.value("stages", Json::object()); // older checkpoints are of runs without stages
    const Json& r = json.at("resolved");
    state.resolved = {r.at("device"),       r.at("precision"), r.at("threads"),
                      r.at("vector_level"), r.at("blas"),      r.at("torch")};
    if (json.contains("best")) state.best = {json["best"].at("step"), json["best"].at("loss")};
    return state;
} catch (const Json::exception&) {
    throw Error(ErrorKind::data,
                "The newest checkpoint lacks a part of its state; run the study again with --again.");
}

} // namespace retort
