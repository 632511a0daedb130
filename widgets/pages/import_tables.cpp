// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/import_tables.h"

#include "widgets/pages/data_figures.h"
#include "widgets/pages/data_tables.h"
#include "widgets/plots/number_text.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <array>

namespace retort {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(retort::ImportReport)
};

struct ReasonWords {
    SkipReason reason;
    const char* words;
};

constexpr std::array<ReasonWords, skip_reasons> reasonWords = {{
    {SkipReason::not_utf8, QT_TRANSLATE_NOOP("retort::ImportReport", "not UTF-8")},
    {SkipReason::malformed, QT_TRANSLATE_NOOP("retort::ImportReport", "malformed")},
    {SkipReason::no_text, QT_TRANSLATE_NOOP("retort::ImportReport", "no text")},
    {SkipReason::no_domain, QT_TRANSLATE_NOOP("retort::ImportReport", "no domain")},
    {SkipReason::other_domain, QT_TRANSLATE_NOOP("retort::ImportReport", "another domain")},
    {SkipReason::too_large, QT_TRANSLATE_NOOP("retort::ImportReport", "too large to be read")},
    {SkipReason::file_size, QT_TRANSLATE_NOOP("retort::ImportReport", "size of the file")},
    {SkipReason::licence, QT_TRANSLATE_NOOP("retort::ImportReport", "licence")},
    {SkipReason::duplicate_id, QT_TRANSLATE_NOOP("retort::ImportReport", "id twice")},
    {SkipReason::duplicate, QT_TRANSLATE_NOOP("retort::ImportReport", "duplicate")},
    {SkipReason::near_duplicate, QT_TRANSLATE_NOOP("retort::ImportReport", "near duplicate")},
    {SkipReason::too_short, QT_TRANSLATE_NOOP("retort::ImportReport", "too short")},
    {SkipReason::too_long, QT_TRANSLATE_NOOP("retort::ImportReport", "too long")},
    {SkipReason::wrong_language, QT_TRANSLATE_NOOP("retort::ImportReport", "wrong language")},
    {SkipReason::repeated, QT_TRANSLATE_NOOP("retort::ImportReport", "only repeated paragraphs")},
    {SkipReason::source_cap, QT_TRANSLATE_NOOP("retort::ImportReport", "cap of the source")},
    {SkipReason::not_common, QT_TRANSLATE_NOOP("retort::ImportReport", "not in all languages")},
    {SkipReason::surplus, QT_TRANSLATE_NOOP("retort::ImportReport", "more than the balance takes")},
}};

QString unitText(AmountUnit unit) {
    return unit == AmountUnit::tokens  ? Text::tr("tokens")
           : unit == AmountUnit::bytes ? Text::tr("bytes")
                                       : Text::tr("characters");
}

TableColumn words(const QString& title, const char* key) {
    return {title.toStdString(), false, key};
}

TableColumn numbers(const QString& title, const std::string& key) {
    return {title.toStdString(), true, key};
}

TableCell whole(std::int64_t value) {
    return {wholeText(value).toStdString(), static_cast<double>(value)};
}

TableCell nothing() {
    return {dash().toStdString()};
}

std::vector<std::string> splitsOf(const ImportReport& report) {
    std::vector<std::string> splits;
    for (const PartReport& part : report.parts)
        if (std::ranges::find(splits, part.split) == splits.end()) splits.push_back(part.split);
    return splits;
}

const PartReport* partOf(const ImportReport& report, const std::string& split, const std::string& domain) {
    const auto found = std::ranges::find_if(
        report.parts, [&](const PartReport& part) { return part.split == split && part.domain == domain; });
    return found == report.parts.end() ? nullptr : &*found;
}

std::vector<TableCell> domainRow(const ImportReport& report, const DomainReport& domain,
                                 const std::vector<std::string>& splits) {
    std::vector<TableCell> row = {{domain.domain},
                                  whole(domain.read.articles),
                                  whole(domain.read.characters),
                                  whole(domain.clean.articles),
                                  whole(domain.clean.amount)};
    for (const std::string& split : splits) {
        const PartReport* part = partOf(report, split, domain.domain);
        row.push_back(part == nullptr ? nothing() : whole(part->taken.articles));
        row.push_back(part == nullptr ? nothing() : whole(part->taken.amount));
    }
    return row;
}

std::int64_t countOf(const std::map<SkipReason, std::int64_t>& counts, SkipReason reason) {
    const auto found = counts.find(reason);
    return found == counts.end() ? 0 : found->second;
}

std::string licencesText(const SourceReport& source) {
    QStringList all;
    for (const auto& [licence, articles] : source.licences)
        all << Text::tr("%1 (%2)").arg(
            licence.empty() ? Text::tr("none known") : QString::fromStdString(licence), wholeText(articles));
    return all.join(QStringLiteral(", ")).toStdString();
}

double takenForTraining(const ImportReport& report, const DomainReport& domain) {
    const PartReport* train = partOf(report, "train", domain.domain);
    return train == nullptr ? 0 : static_cast<double>(train->taken.amount);
}

QString amount(double value, const QString& unit) {
    return QStringLiteral("%1 %2").arg(wholeText(static_cast<std::int64_t>(value)), unit);
}

} // namespace

QString skipReasonText(SkipReason reason) {
    const auto found = std::ranges::find(reasonWords, reason, &ReasonWords::reason);
    return found == reasonWords.end() ? QString() : Text::tr(found->words);
}

ReportTable importedDomains(const ImportReport& report) {
    const QString unit = unitText(report.unit);
    const std::vector<std::string> splits = splitsOf(report);
    ReportTable table;
    table.caption = Text::tr("Documents by domain: as read, after cleaning, and taken; amounts in %1")
                        .arg(unit)
                        .toStdString();
    table.columns = {words(Text::tr("Domain"), "domain"), numbers(Text::tr("Read"), "read_articles"),
                     numbers(Text::tr("Characters"), "read_characters"),
                     numbers(Text::tr("Clean"), "clean_articles"),
                     numbers(Text::tr("Clean, %1").arg(unit), "clean_amount")};
    for (const std::string& split : splits) {
        const QString of = splitText(split);
        table.columns.push_back(numbers(Text::tr("Taken, %1").arg(of), split + "_articles"));
        table.columns.push_back(numbers(Text::tr("Amount, %1").arg(of), split + "_amount"));
    }
    for (const DomainReport& domain : report.domains)
        table.rows.push_back(domainRow(report, domain, splits));
    return table;
}

ReportTable skippedDocuments(const ImportReport& report) {
    ReportTable table;
    table.caption = Text::tr("Documents left out, by reason").toStdString();
    table.columns = {words(Text::tr("Left out because"), "reason"), numbers(Text::tr("All"), "all")};
    for (const DomainReport& domain : report.domains)
        table.columns.push_back(numbers(QString::fromStdString(domain.domain), domain.domain));
    for (const ReasonWords& reason : reasonWords) {
        const std::int64_t all = countOf(report.skipped, reason.reason);
        if (all == 0) continue;
        std::vector<TableCell> row = {{skipReasonText(reason.reason).toStdString()}, whole(all)};
        for (const DomainReport& domain : report.domains)
            row.push_back(whole(countOf(domain.skipped, reason.reason)));
        table.rows.push_back(std::move(row));
    }
    return table;
}

ReportTable skippedExamples(const ImportReport& report) {
    ReportTable table;
    table.caption = Text::tr("Documents left out; the first of each reason").toStdString();
    table.columns = {words(Text::tr("Left out because"), "reason"), words(Text::tr("Where"), "place"),
                     words(Text::tr("What is wrong"), "fault")};
    for (const SkippedDocument& document : report.examples)
        table.rows.push_back(
            {{skipReasonText(document.reason).toStdString()}, {document.place}, {document.fault}});
    return table;
}

ReportTable importedSources(const ImportReport& report) {
    const QString unit = unitText(report.unit);
    ReportTable table;
    table.caption = Text::tr("Sources").toStdString();
    table.columns = {words(Text::tr("Source"), "source"),
                     numbers(Text::tr("Read"), "read_articles"),
                     numbers(Text::tr("Taken"), "taken_articles"),
                     numbers(Text::tr("Taken, %1").arg(unit), "taken_amount"),
                     words(Text::tr("Licences (articles)"), "licences"),
                     words(Text::tr("Path"), "path")};
    for (const SourceReport& source : report.sources)
        table.rows.push_back({{source.name},
                              whole(source.read.articles),
                              whole(source.taken.articles),
                              whole(source.taken.amount),
                              {licencesText(source)},
                              {source.path}});
    return table;
}

ScoreFigure importBalance(const ImportReport& report) {
    constexpr double width = 0.36;
    const QString unit = unitText(report.unit);
    double top = 0;
    for (const DomainReport& domain : report.domains)
        top = std::max({top, static_cast<double>(domain.clean.amount), takenForTraining(report, domain)});
    const auto [scale, axis] = amountScale(top, unit);
    ScoreColumns before{Text::tr("clean, to choose from"), styleOfVariant(1), width, {}};
    ScoreColumns after{Text::tr("taken for training"), styleOfVariant(0), width, {}};
    ScoreFigure figure;
    figure.title = Text::tr("Balance before and after");
    figure.yLabel = axis;
    figure.isLegendAbove = true;
    for (std::size_t i = 0; i < report.domains.size(); ++i) {
        const DomainReport& domain = report.domains[i];
        const auto x = static_cast<double>(i);
        const QString name = QString::fromStdString(domain.domain);
        const double clean = static_cast<double>(domain.clean.amount),
                     taken = takenForTraining(report, domain);
        before.points.push_back(
            {x - width / 2, clean / scale, {}, Text::tr("%1, clean: %2").arg(name, amount(clean, unit))});
        after.points.push_back(
            {x + width / 2, taken / scale, {}, Text::tr("%1, taken: %2").arg(name, amount(taken, unit))});
        figure.ticks.push_back({x, name});
    }
    figure.columns = {std::move(before), std::move(after)};
    figure.x = {-0.6, static_cast<double>(std::max<std::size_t>(1, report.domains.size())) - 0.4};
    figure.y = {0, top > 0 ? 1.1 * top / scale : 1};
    return figure;
}

QStringList importRemarks(const ImportReport& report) {
    QStringList sentences;
    for (const BalanceReport& balance : report.balance)
        sentences << Text::tr("The domains differ by %1 % in the %2 split.")
                         .arg(decimalText(balance.difference_percent, 2), splitText(balance.split));
    const LeakReport& leaks = report.leaks;
    sentences << (leaks.ids + leaks.texts + leaks.paragraphs == 0
                      ? Text::tr("No id, text or paragraph is in more than one split.")
                      : Text::tr("In more than one split are %1 ids, %2 texts and %3 paragraphs.")
                            .arg(wholeText(leaks.ids), wholeText(leaks.texts), wholeText(leaks.paragraphs)));
    for (const std::string& remark : report.remarks)
        sentences << QString::fromStdString(remark);
    return sentences;
}

} // namespace retort
