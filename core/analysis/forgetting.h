// SPDX-License-Identifier: GPL-3.0-or-later
// What a run forgot: the loss matrix R[i][j], nats per token on domain j after stage i, and what continual
// learning reads from it. Indices begin at 0; R_random is the model before its first step. A measure in nats
// per token says with its sign what the field's papers say of accuracy: forgetting above 0 is a loss,
// transfer above 0 is a gain.
#pragma once

#include "spec/event.h"
#include "spec/run_spec.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

/// `setting` of the evaluation rows, at step 0, that a unigram model of each domain's own training text
/// scored, with add-one smoothing: what a model knows that counts tokens alone.
inline constexpr std::string_view unigram_setting = "unigram";

/// What was measured at one step, by domain in the order of the matrix; NaN: not measured, yet or at all.
struct StageScores {
    std::vector<double> loss;     ///< nats per token
    std::vector<double> accuracy; ///< top-1, share in [0, 1]
};

struct StageRow {
    std::string name;      ///< the domain of the stage; "1/4", "2/4", … of a run without stages
    std::int64_t step = 0; ///< optimiser steps that have been made
    StageScores scores;
};

/// Rows are the ends of the stages, or of as many equal parts of a run without stages, so that both are read
/// after the same number of tokens. Row j of a sequential run is the stage of column j; columns beyond the
/// rows are domains that it is evaluated on and has no stage of.
struct StageMatrix {
    bool is_sequential = false;
    std::vector<std::string> domains; ///< columns: of the stages in their order, then the rest of the data
    std::vector<StageRow> rows;       ///< by rising step; none where nothing is trained
    StageScores random;               ///< of the model before its first step
    StageScores unigram;              ///< see unigram_setting; no accuracy

    /// Takes in what was measured after `step` steps; rows that are neither the whole model's (headline) nor
    /// the unigram model's, and steps and domains that are not of the matrix, change nothing.
    void take(std::int64_t step, const EvaluationRow& row);

    /// Whether every cell of every row has a number.
    [[nodiscard]] bool is_complete() const;
};

/// With no cell measured.
[[nodiscard]] StageMatrix stage_matrix(const RunSpec& spec);

/// Of evaluations that each have a `step` and a `row`, as a store and a window hold them.
template <class Evaluations>
[[nodiscard]] StageMatrix stage_matrix(const RunSpec& spec, const Evaluations& evaluations) {
    StageMatrix matrix = stage_matrix(spec);
    for (const auto& [step, row] : evaluations)
        matrix.take(step, row);
    return matrix;
}

/// Whether there is forgetting to speak of: of a sequential run always, of others when they have two domains
/// and were evaluated at every row.
[[nodiscard]] bool can_forget(const StageMatrix& matrix);

/// A number, or one sentence why there is none.
struct Measure {
    std::optional<double> value;
    std::string reason;
};

/// Nats per token.
struct DomainForgetting {
    std::string domain;
    std::optional<double> learned; ///< these are empty where they are not defined or not measured
    std::optional<double> final;
    std::optional<double> forgetting;
    std::optional<double> backward;
    std::optional<double> forward;
    std::optional<double> forward_unigram;
    std::optional<double> intransigence;
};

/// Accuracy as Avalanche's metrics of the same names say it (ContinualAI, arXiv 2104.00405).
struct AvalancheMeasures {
    Measure stream_forgetting;
    Measure stream_bwt;
    Measure stream_forward_transfer;
    std::vector<std::optional<double>> experience_forgetting; ///< by domain; none of the last stage
};

/// Accuracy as the functions of the same names of Mammoth say it (Buzzega et al., arXiv 2004.07211), in
/// shares; Mammoth's tables are in per cent.
struct MammothMeasures {
    Measure backward_transfer;
    Measure forward_transfer;
    Measure forgetting;
};

struct ForgettingMeasures {
    std::vector<DomainForgetting> domains; ///< in the order of the matrix
    Measure forgetting;                    ///< means over the domains that have the measure
    Measure backward;
    Measure forward;
    Measure forward_unigram;
    Measure intransigence;
    AvalancheMeasures avalanche;
    MammothMeasures mammoth;
};

/// What each says, for tooltips and reports; `last` is the last stage.
namespace forgetting_formula {
inline constexpr std::string_view learned = "R[j][j]";
inline constexpr std::string_view final = "R[last][j]";
inline constexpr std::string_view forgetting = "F[j] = R[last][j] − min of R[i][j] over j ≤ i < last";
inline constexpr std::string_view forgetting_without_stages =
    "F[j] = R[last][j] − min of R[i][j] over 0 ≤ i < last";
inline constexpr std::string_view mean_forgetting = "mean of F[j] over j < last";
inline constexpr std::string_view mean_forgetting_without_stages = "mean of F[j] over all domains";
inline constexpr std::string_view backward = "BWT = mean of R[j][j] − R[last][j] over j < last";
inline constexpr std::string_view forward = "FWT = mean of R_random[j] − R[j−1][j] over j ≥ 1";
inline constexpr std::string_view forward_unigram = "mean of R_unigram[j] − R[j−1][j] over j ≥ 1";
inline constexpr std::string_view intransigence = "mean of R[j][j] − R_joint[last][j] over the stages";
inline constexpr std::string_view avalanche_forgetting = "mean of A[j][j] − A[last][j] over j < last";
inline constexpr std::string_view avalanche_bwt = "mean of A[last][j] − A[j][j] over j < last";
inline constexpr std::string_view avalanche_forward_transfer = "mean of A[j−1][j] − A_random[j] over j ≥ 1";
inline constexpr std::string_view mammoth_backward_transfer = "mean of A[last][j] − A[j][j] over j < last";
inline constexpr std::string_view mammoth_forward_transfer = "mean of A[j−1][j] − A_random[j] over j ≥ 1";
inline constexpr std::string_view mammoth_forgetting =
    "mean of max of A[i][j] over all i − A[last][j] over j < last";
} // namespace forgetting_formula

/// `joint` is the matrix of a run that learned all the domains at once, with the same tokens; nullptr: there
/// is none, and no intransigence.
[[nodiscard]] ForgettingMeasures forgetting_measures(const StageMatrix& matrix,
                                                     const StageMatrix* joint = nullptr);

} // namespace retort
