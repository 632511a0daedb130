// SPDX-License-Identifier: GPL-3.0-or-later
// Claims as a file.
#include "widgets/plots/csv_file.h"
#include "widgets/plots/number_text.h"
#include "widgets/tables/claim_text.h"

#include <QStringList>

namespace retort {
namespace {

QString fieldOf(std::string_view text) {
    return csvField(QString::fromUtf8(text.data(), qsizetype(text.size())));
}

QString wordOf(const StudyClaims& study, Verdict verdict) {
    return study.conclusions ? fieldOf(verdict_word(verdict)) : QStringLiteral("no conclusions");
}

QStringList testFields(const ClaimTestResult& result) {
    const ClaimTest& test = result.test;
    const bool isAlike = test.kind == ClaimKind::alike;
    const auto low = result.interval ? std::optional(result.interval->low) : std::nullopt;
    const auto high = result.interval ? std::optional(result.interval->high) : std::nullopt;
    return {fieldOf(name_of(test.kind)),
            fieldOf(metric_of(test)),
            fieldOf(test.variant),
            fieldOf(test.reference),
            isAlike ? fileNumber(test.margin.value_or(default_margin)) : QString(),
            fileNumber(test.value),
            QString::number(result.n),
            fileNumber(result.effect),
            fileNumber(low),
            fileNumber(high),
            fileNumber(result.p),
            fileNumber(result.signed_rank_p)};
}

} // namespace

QString claimsCsv(const StudyClaims& study) {
    QString csv =
        QStringLiteral("study,claim,text,claim_verdict,claim_reason,kind,metric,variant,reference,margin,"
                       "value,n,effect,low_95,high_95,p,p_wilcoxon,verdict,reason\n");
    for (const ClaimResult& claim : study.claims) {
        const QStringList head = {fieldOf(study.study), fieldOf(claim.claim.id), fieldOf(claim.claim.text),
                                  wordOf(study, claim.verdict), fieldOf(claim.reason)};
        for (const ClaimTestResult& test : claim.tests) {
            const QStringList fields =
                head + testFields(test) + QStringList{wordOf(study, test.verdict), fieldOf(test.reason)};
            csv += fields.join(QLatin1Char(',')) + QLatin1Char('\n');
        }
    }
    return csv;
}

QString exportClaims(const StudyClaims& study, const QString& file) {
    return saveText(claimsCsv(study), file);
}

} // namespace retort
