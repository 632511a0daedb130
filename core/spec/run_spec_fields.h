// SPDX-License-Identifier: GPL-3.0-or-later
// The fields of a run: names in a file, limits, and the words of the form. See spec/field.h.
#pragma once

#include "spec/distill_spec_fields.h"
#include "spec/modular_spec_fields.h"
#include "spec/remedy_spec_fields.h"
#include "spec/router_spec_fields.h"
#include "spec/run_spec.h"

namespace retort {

template <>
struct EnumNames<Task> {
    static constexpr std::array<std::pair<Task, std::string_view>, 4> values = {{{Task::teacher, "teacher"},
                                                                                 {Task::distill, "distill"},
                                                                                 {Task::router, "router"},
                                                                                 {Task::modular, "modular"}}};
};
template <>
struct EnumNames<TokenizerKind> {
    static constexpr std::array<std::pair<TokenizerKind, std::string_view>, 4> values = {
        {{TokenizerKind::sentencepiece_bpe, "sentencepiece-bpe"},
         {TokenizerKind::sentencepiece_unigram, "sentencepiece-unigram"},
         {TokenizerKind::sentencepiece_file, "sentencepiece-file"},
         {TokenizerKind::hugging_face_file, "huggingface-file"}}};
};
template <>
struct EnumNames<TokenizerSampling> {
    static constexpr std::array<std::pair<TokenizerSampling, std::string_view>, 2> values = {
        {{TokenizerSampling::balanced, "balanced"}, {TokenizerSampling::proportional, "proportional"}}};
};
template <>
struct EnumNames<ScheduleKind> {
    static constexpr std::array<std::pair<ScheduleKind, std::string_view>, 5> values = {
        {{ScheduleKind::balanced, "balanced"},
         {ScheduleKind::random, "random"},
         {ScheduleKind::proportional, "proportional"},
         {ScheduleKind::sequential, "sequential"},
         {ScheduleKind::cyclic, "cyclic"}}};
};
template <>
struct EnumNames<Decay> {
    static constexpr std::array<std::pair<Decay, std::string_view>, 3> values = {
        {{Decay::linear, "linear"}, {Decay::cosine, "cosine"}, {Decay::constant, "constant"}}};
};
template <>
struct EnumNames<ModelInit> {
    static constexpr std::array<std::pair<ModelInit, std::string_view>, 2> values = {
        {{ModelInit::gpt2, "gpt2"}, {ModelInit::torch, "torch"}}};
};
template <>
struct EnumNames<IdleExperts> {
    static constexpr std::array<std::pair<IdleExperts, std::string_view>, 2> values = {
        {{IdleExperts::skip, "skip"}, {IdleExperts::zero_gradient, "zero_gradient"}}};
};
template <>
struct EnumNames<StageMoments> {
    static constexpr std::array<std::pair<StageMoments, std::string_view>, 2> values = {
        {{StageMoments::carried, "carried"}, {StageMoments::fresh, "fresh"}}};
};
template <>
struct EnumNames<Precision> {
    static constexpr std::array<std::pair<Precision, std::string_view>, 3> values = {
        {{Precision::automatic, "auto"}, {Precision::fp32, "fp32"}, {Precision::bf16, "bf16"}}};
};
template <>
struct EnumNames<DeviceKind> {
    static constexpr std::array<std::pair<DeviceKind, std::string_view>, 3> values = {
        {{DeviceKind::automatic, "auto"}, {DeviceKind::cpu, "cpu"}, {DeviceKind::cuda, "cuda"}}};
};

template <>
struct EnumNames<TeacherMode> {
    static constexpr std::array<std::pair<TeacherMode, std::string_view>, 2> values = {
        {{TeacherMode::online, "online"}, {TeacherMode::cached, "cached"}}};
};

template <class Visitor>
void describe(Visitor& v, TokenizerSpec& s) {
    v.field("kind", s.kind, any(),
            {"Kind", "Trained by SentencePiece, as BPE or unigram; or a file made elsewhere, SentencePiece's "
                     ".model or a Hugging Face tokenizer.json."});
    v.field("vocab", s.vocab, between(300, 1'000'000),
            {"Vocabulary",
             "Number of tokens, 256 bytes and the specials included; of a file, as many as it has."});
    v.field("domains", s.domains, any(),
            {"Tokenizer domains", "Whose text it is made for; empty means all domains of the data."});
    v.field("sampling", s.sampling, any(),
            {"Sampling", "balanced: trained on equal amounts of each domain. proportional: by their sizes."});
    v.field("coverage", s.coverage, between(0.5, 1),
            {"Coverage", "Share of the text's characters that become entries; the rest are rare ones."});
    v.field("byte_fallback", s.byte_fallback, any(),
            {"Byte fallback", "A character without an entry is written as its bytes, not as unknown."});
    v.field("split_digits", s.split_digits, any(), {"Split digits", "Each digit is a token."});
    v.field("split_whitespace", s.split_whitespace, any(),
            {"Split at spaces", "No entry reaches from one word into the next."});
    v.field("whitespace_pieces", s.whitespace_pieces, any(),
            {"Runs of spaces", "They may be entries, as code needs them for indentation."});
    v.field("path", s.path, any(), {"Tokenizer file", "Of a kind that was made elsewhere."});
    v.field(
        "bos", s.bos, any(),
        {"Begins a text", "Token of the file; empty means as it says, or tokenizer_config.json beside it."});
    v.field("eos", s.eos, any(), {"Ends a text", "Token of the file, likewise."});
    v.field("artifact", s.artifact, any(),
            {"Tokenizer artifact", "Id of a tokenizer of this workspace, in the place of the fields above."});
}

template <class Visitor>
void describe(Visitor& v, DataSpec& s) {
    v.field("corpus", s.corpus, above(0),
            {"Corpus", "A recipe such as debian-small, or the name of an imported folder."});
    v.field("domains", s.domains, above(0), {"Domains", "Languages, or any other kinds of text, in order."});
    v.field("context", s.context, between(2, 65'536), {"Context", "Targets per sequence.", "tokens"});
    v.object("tokenizer", s.tokenizer, {"Tokenizer"});
}

template <class Visitor>
void describe(Visitor& v, ModelSpec& s) {
    v.field("layers", s.layers, between(1, 512), {"Layers", "Transformer blocks."});
    v.field("width", s.width, between(1, 65'536),
            {"Width", "Size of the hidden state; a multiple of the heads."});
    v.field("heads", s.heads, between(1, 1024), {"Heads", "Attention heads."});
    v.field("dropout", s.dropout, below_one(),
            {"Dropout", "On embeddings, attention weights and residual branches."});
    v.field("tied", s.tied, any(), {"Tied head", "The output head shares the token embedding."});
    v.field("init", s.init, any(),
            {"Fresh weights",
             "gpt2: deviation 0.02. torch: embedding of deviation 1 and uniform head, as the "
             "paper's modular code leaves them."});
}

template <class Visitor>
void describe(Visitor& v, ScheduleSpec& s) {
    v.field("kind", s.kind, any(), {"Schedule", "Which domain each sequence of a batch comes from."});
    v.field("block", s.block, at_least(1), {"Block", "Optimiser steps per domain when cyclic.", "steps"});
    v.field("domains", s.domains, any(),
            {"Trained on",
             "Domains whose text is trained on, in this order; empty means all. All are evaluated."});
    v.field("moments", s.moments, any(),
            {"Moments", "fresh: the optimiser begins anew with each domain, as in the paper."});
    v.field("rewarm", s.rewarm, any(),
            {"Warm up again", "Each domain has a warm-up and a decay of the learning rate of its own."});
}

template <class Visitor>
void describe(Visitor& v, OptimSpec& s) {
    v.field("lr", s.lr, above(0), {"Learning rate", "Peak rate, reached after warm-up."});
    v.field("betas", s.betas, below_one(), {"Betas", "Decay of AdamW's first and second moment."});
    v.field("eps", s.eps, above(0), {"Epsilon", "Added to the root of AdamW's second moment."});
    v.field("weight_decay", s.weight_decay, at_least(0),
            {"Weight decay", "On matrices and embeddings; not on biases and LayerNorms."});
    v.field("warmup", s.warmup, between(0, 1),
            {"Warm-up", "Share of all steps in which the rate rises linearly."});
    v.field("decay", s.decay, any(), {"Decay", "How the rate falls after warm-up."});
    v.field("clip", s.clip, at_least(0), {"Clip", "Largest global gradient norm; 0 does not clip."});
    v.field("batch", s.batch, between(1, 1'000'000), {"Batch", "Sequences per micro-batch."});
    v.field("accumulate", s.accumulate, between(1, 1'000'000),
            {"Accumulate", "Micro-batches per optimiser step."});
    v.field("tokens", s.tokens, at_least(1), {"Tokens", "Targets to train on, rounded up to whole steps."});
    v.field("idle", s.idle, any(),
            {"Idle experts",
             "skip: weights and moments of an expert without a sequence rest; zero_gradient: they "
             "decay and drift on, as in the paper's code."});
}

template <class Visitor>
void describe(Visitor& v, TeacherSpec& s) {
    v.field("artifact", s.artifact, any(),
            {"From artifact", "Id of a trained model of this workspace; empty to train one."});
    v.field("path", s.path, any(), {"From folder", "A Hugging Face GPT-2 folder; empty to train one."});
    v.field("domains", s.domains, any(),
            {"Teacher domains", "What it learns; empty means all domains of the data."});
    v.object("model", s.model, {"Teacher model"});
    v.object("optim", s.optim, {"Teacher optimiser"});
    v.object("schedule", s.schedule, {"Teacher schedule"});
    v.field("seed", s.seed, any(), {"Teacher seed"});
}

template <class Visitor>
void describe(Visitor& v, RunSettings& s) {
    v.field("precision", s.precision, any(),
            {"Precision", "auto takes bf16 where the processor computes in it, else fp32."});
    v.field("device", s.device, any(), {"Device", "auto takes a GPU when LibTorch has one."});
    v.field("threads", s.threads, between(0, 1024), {"Threads", "0 takes all physical cores."});
    v.field(
        "teacher", s.teacher, any(),
        {"Teacher",
         "online computes it for every batch; cached keeps its hidden states on disk, rounded to bf16, for "
         "runs that see the same text again."});
    v.field("checkpoint_every", s.checkpoint_every, at_least(1), {"Checkpoint every", "", "steps"});
    v.field("eval_every", s.eval_every, at_least(1), {"Evaluate every", "", "steps"});
    v.field("eval_tokens", s.eval_tokens, at_least(0),
            {"Evaluation tokens", "Per domain; 0 takes the whole validation set.", "tokens"});
    v.field(
        "samples", s.samples, between(0, 1000),
        {"Samples", "What the model writes for each domain at every evaluation; 0 writes none.", "tokens"});
}

template <class Visitor>
void describe(Visitor& v, RunSpec& s) {
    v.field("task", s.task, any(),
            {"Task", "Train a teacher, distil a student or a modular model from one, or train a router."});
    v.field("seed", s.seed, any(), {"Seed"});
    v.object("data", s.data, {"Data"});
    v.optional_object("teacher", s.teacher, {"Teacher"});
    v.object("model", s.model, {"Model"});
    v.optional_object("distill", s.distill, {"Distillation"});
    v.optional_object("modular", s.modular, {"Modular model"});
    v.optional_object("router", s.router, {"Router"});
    v.optional_object("evaluation", s.evaluation, {"Evaluation"});
    v.object("schedule", s.schedule, {"Schedule"});
    v.object("remedies", s.remedies, {"Against forgetting"});
    v.object("optim", s.optim, {"Optimiser"});
    v.object("run", s.run, {"Run"});
    v.field("best", s.best, above(0),
            {"Best", "Whose loss the best checkpoint minimises: macro, worst, first, or a domain."});
}

} // namespace retort
