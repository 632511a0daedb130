// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/claim_text.h"

#include "widgets/plots/number_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace retort {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(retort::ClaimText)
};

/// Differences to four digits; of a variant itself five, because 0.9995 is not 0.99954.
QString numberOf(const ClaimTestResult& result, double value) {
    return numberText(value, compares_variants(result.test.kind) ? 4 : 5);
}

/// As the study's file has it.
QString givenText(double value) {
    return QLocale().toString(value);
}

/// Of a cell in a Markdown table.
QString escaped(QString text) {
    return text.replace(QLatin1Char('|'), QStringLiteral("\\|"));
}

QString markdownRow(const QStringList& cells) {
    return QStringLiteral("| ") + cells.join(QStringLiteral(" | ")) + QStringLiteral(" |\n");
}

} // namespace

QString verdictText(ShownVerdict verdict) {
    if (!verdict) return Text::tr("no conclusions");
    switch (*verdict) {
    case Verdict::supported:
        return Text::tr("supported");
    case Verdict::contradicted:
        return Text::tr("contradicted");
    case Verdict::undecided:
        break;
    }
    return Text::tr("undecided");
}

QString signedVerdict(ShownVerdict verdict) {
    const auto signOf = [&] {
        if (!verdict) return QStringLiteral("–");
        if (*verdict == Verdict::undecided) return QStringLiteral("?");
        return *verdict == Verdict::supported ? QStringLiteral("✓") : QStringLiteral("✗");
    };
    return signOf() + QLatin1Char(' ') + verdictText(verdict);
}

QString pText(std::optional<double> p) {
    if (!p) return dash();
    return *p < 0.001 ? QStringLiteral("< %1").arg(decimalText(0.001, 3)) : decimalText(*p, 3);
}

QString statementText(const ClaimTest& test) {
    const QString head =
        Text::tr("%1 of %2")
            .arg(QString::fromStdString(metric_of(test)), QString::fromStdString(test.variant));
    const QString reference = QString::fromStdString(test.reference);
    const QString value = givenText(test.value.value_or(0));
    switch (test.kind) {
    case ClaimKind::alike:
        return Text::tr("%1 is that of %2 ± %3")
            .arg(head, reference, givenText(test.margin.value_or(default_margin)));
    case ClaimKind::lower:
        return Text::tr("%1 is lower than that of %2").arg(head, reference);
    case ClaimKind::higher:
        return Text::tr("%1 is higher than that of %2").arg(head, reference);
    case ClaimKind::at_most:
        return Text::tr("%1 is at most %2").arg(head, value);
    case ClaimKind::at_least:
        break;
    }
    return Text::tr("%1 is at least %2").arg(head, value);
}

QString unitText(const ClaimTest& test) {
    const auto metric = parse_metric(metric_of(test));
    if (!metric || metric->kind == ClaimMetric::Kind::router) return {};
    return metric->kind == ClaimMetric::Kind::ce_increment_variance ? Text::tr("nats²")
                                                                    : Text::tr("nats per token");
}

QString effectText(const ClaimTestResult& result) {
    if (!result.effect) return dash();
    return QStringLiteral("%1 %2").arg(numberOf(result, *result.effect), unitText(result.test)).trimmed();
}

QString intervalText(const ClaimTestResult& result) {
    if (!result.interval) return dash();
    return QStringLiteral("[%1, %2]")
        .arg(numberOf(result, result.interval->low), numberOf(result, result.interval->high));
}

QString claimMarkdown(const StudyClaims& study, const ClaimResult& result) {
    QString text = QStringLiteral("**%1**: %2\n\n%3\n\n")
                       .arg(signedVerdict(shownVerdict(study, result.verdict)),
                            QString::fromStdString(result.claim.text), QString::fromStdString(result.reason));
    text += markdownRow({Text::tr("Test"), Text::tr("Effect"), Text::tr("95 % interval"), Text::tr("n"),
                         Text::tr("p"), Text::tr("Verdict")});
    text += QStringLiteral("|---|---:|---:|---:|---:|---|\n");
    for (const ClaimTestResult& test : result.tests)
        text += markdownRow({escaped(statementText(test.test)), effectText(test), intervalText(test),
                             QString::number(test.n), pText(test.p),
                             signedVerdict(shownVerdict(study, test.verdict))});
    return text;
}

QString claimsMarkdown(const StudyClaims& study) {
    QStringList claims;
    for (const ClaimResult& claim : study.claims)
        claims << claimMarkdown(study, claim);
    return claims.join(QLatin1Char('\n'));
}

} // namespace retort
