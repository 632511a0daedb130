// SPDX-License-Identifier: GPL-3.0-or-later
// Claims, their tests and their verdicts in words.
#pragma once

#include "analysis/claims.h"

#include <QString>

namespace retort {

/// None: the study is one without conclusions.
using ShownVerdict = std::optional<Verdict>;

[[nodiscard]] inline ShownVerdict shownVerdict(const StudyClaims& study, Verdict verdict) {
    return study.conclusions ? ShownVerdict(verdict) : std::nullopt;
}

/// "supported", "no conclusions"
[[nodiscard]] QString verdictText(ShownVerdict verdict);
/// "✓ supported": a sign beside the word, so that neither needs a colour.
[[nodiscard]] QString signedVerdict(ShownVerdict verdict);
/// "0.031", "< 0.001", or a dash.
[[nodiscard]] QString pText(std::optional<double> p);

/// "loss of adaptive is that of fixed ± 0.01"
[[nodiscard]] QString statementText(const ClaimTest& test);
/// "nats per token"; empty of a share.
[[nodiscard]] QString unitText(const ClaimTest& test);
/// "-0.0421 nats per token"; a dash where nothing is measured.
[[nodiscard]] QString effectText(const ClaimTestResult& result);
/// "[-0.0450, -0.0392]", likewise.
[[nodiscard]] QString intervalText(const ClaimTestResult& result);

/// One claim: verdict, sentence, reason and a table of its tests.
[[nodiscard]] QString claimMarkdown(const StudyClaims& study, const ClaimResult& result);
/// All of them.
[[nodiscard]] QString claimsMarkdown(const StudyClaims& study);

/// A row per test with all numbers exactly, in the C locale, and the words that the study file has.
[[nodiscard]] QString claimsCsv(const StudyClaims& study);
/// Writes claimsCsv(). Returns an empty text, or one sentence why not.
[[nodiscard]] QString exportClaims(const StudyClaims& study, const QString& file);

} // namespace retort
