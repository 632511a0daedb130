// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/run_comparison.h"

#include <QString>
#include <string>

namespace retort {

/// A measure by which runs are compared: of the validation set, or a curve of training.
struct CompareMetric {
    enum class Kind { loss, perplexity, bits_per_byte, accuracy, series };

    Kind kind = Kind::loss;
    std::string series; ///< name of the curve of training, of kind series
    std::string domain; ///< empty: mean over the domains, or a curve that is not split by domain

    [[nodiscard]] bool isEvaluation() const { return kind != Kind::series; }
    [[nodiscard]] Better better() const;
    /// Perplexity is computed with as nats per token and shown as exp of that.
    [[nodiscard]] bool isShownAsExp() const { return kind == Kind::perplexity; }
    [[nodiscard]] double shown(double value) const;
    /// "Validation perplexity · fr"
    [[nodiscard]] QString title() const;
    /// Of what is shown.
    [[nodiscard]] QString unit() const;
    /// Of the values behind, in which differences are told; empty: they have none.
    [[nodiscard]] QString differenceUnit() const;
    /// The same in every language, for files: "perplexity", "ce".
    [[nodiscard]] QString key() const;
    bool operator==(const CompareMetric&) const = default;
};

/// "mean ± s.d."
[[nodiscard]] QString bandText(Band band);

} // namespace retort
