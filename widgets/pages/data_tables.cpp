// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/data_tables.h"

#include "widgets/plots/number_text.h"

#include <QCoreApplication>
#include <QStringList>
#include <cmath>

namespace retort {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(retort::DataPage)
};

TableColumn words(const QString& title, const char* key) {
    return {title.toStdString(), false, key};
}

TableColumn numbers(const QString& title, const std::string& key) {
    return {title.toStdString(), true, key};
}

TableCell text(const QString& words) {
    return {words.toStdString()};
}

TableCell whole(std::int64_t value) {
    return {wholeText(value).toStdString(), static_cast<double>(value)};
}

TableCell size(std::int64_t bytes) {
    return {sizeText(bytes).toStdString(), static_cast<double>(bytes)};
}

/// To be read as a whole number; exact in files.
TableCell rounded(double value) {
    return {wholeText(std::llround(value)).toStdString(), value};
}

TableCell nothing() {
    return text(dash());
}

QString joined(const std::vector<std::string>& names) {
    QStringList list;
    for (const std::string& name : names)
        list << QString::fromStdString(name);
    return list.join(QStringLiteral(", "));
}

std::vector<TableCell> corpusRow(const ListedCorpus& corpus) {
    if (!corpus.problem.empty())
        return {{corpus.name}, text(Text::tr("damaged")), nothing(), nothing(), nothing(),
                nothing(),     whole(corpus.runs)};
    return {{corpus.name},
            text(joined(corpus.domains())),
            whole(corpus.sum("train").articles),
            whole(corpus.sum("valid").articles),
            whole(corpus.sum().characters),
            size(corpus.sum().bytes),
            whole(corpus.runs),
            {corpus.origin}};
}

std::vector<TableCell> partRow(const QString& domain, const CorpusPart& part) {
    const auto articles = static_cast<double>(part.articles);
    return {text(domain),
            text(splitText(part.split)),
            whole(part.articles),
            whole(part.characters),
            size(part.bytes),
            part.articles > 0 ? rounded(static_cast<double>(part.characters) / articles) : nothing()};
}

} // namespace

QString sizeText(std::int64_t bytes) {
    const auto value = static_cast<double>(bytes);
    if (bytes < 1000) return Text::tr("%1 B").arg(bytes);
    if (bytes < 1'000'000) return Text::tr("%1 kB").arg(numberText(value / 1e3, 3));
    if (bytes < 1'000'000'000) return Text::tr("%1 MB").arg(numberText(value / 1e6, 3));
    return Text::tr("%1 GB").arg(numberText(value / 1e9, 3));
}

QString splitText(const std::string& split) {
    if (split == "train") return Text::tr("train");
    if (split == "valid") return Text::tr("validation");
    if (split == "test") return Text::tr("test");
    return QString::fromStdString(split);
}

ReportTable corpusTable(const std::vector<ListedCorpus>& corpora) {
    ReportTable table;
    table.caption = Text::tr("Corpora; articles of the train and of the validation split").toStdString();
    table.columns = {words(Text::tr("Corpus"), "corpus"),
                     words(Text::tr("Domains"), "domains"),
                     numbers(Text::tr("Train articles"), "train_articles"),
                     numbers(Text::tr("Valid. articles"), "valid_articles"),
                     numbers(Text::tr("Characters"), "characters"),
                     numbers(Text::tr("Size"), "bytes"),
                     numbers(Text::tr("Runs"), "runs"),
                     words(Text::tr("Made by"), "origin")};
    for (const ListedCorpus& corpus : corpora) {
        table.rows.push_back(corpusRow(corpus));
        table.rows.back().resize(table.columns.size(), nothing());
    }
    return table;
}

ReportTable domainTable(const ListedCorpus& corpus) {
    ReportTable table;
    table.caption = Text::tr("Corpus %1").arg(QString::fromStdString(corpus.name)).toStdString();
    table.columns = {words(Text::tr("Domain"), "domain"),
                     words(Text::tr("Split"), "split"),
                     numbers(Text::tr("Articles"), "articles"),
                     numbers(Text::tr("Characters"), "characters"),
                     numbers(Text::tr("Size"), "bytes"),
                     numbers(Text::tr("Mean length"), "characters_per_article")};
    for (const std::string& split : corpus.splits()) {
        for (const std::string& domain : corpus.domains())
            if (const CorpusPart* part = corpus.part(split, domain))
                table.rows.push_back(partRow(QString::fromStdString(domain), *part));
        table.rows.push_back(partRow(Text::tr("all"), corpus.sum(split)));
    }
    return table;
}

ReportTable lengthTable(const std::vector<DomainLengths>& lengths, const std::string& split,
                        const QString& unit) {
    ReportTable table;
    table.caption =
        Text::tr("Lengths of the articles in %1, %2 split; of 5 % of them each is less than the low "
                 "and more than the high length")
            .arg(unit, splitText(split))
            .toStdString();
    table.columns = {words(Text::tr("Domain"), "domain"),       numbers(Text::tr("Articles"), "articles"),
                     numbers(Text::tr("Shortest"), "shortest"), numbers(Text::tr("5 %"), "quantile_05"),
                     numbers(Text::tr("Median"), "median"),     numbers(Text::tr("Mean"), "mean"),
                     numbers(Text::tr("95 %"), "quantile_95"),  numbers(Text::tr("Longest"), "longest")};
    for (const DomainLengths& one : lengths) {
        if (one.split != split) continue;
        const LengthSummary& of = one.lengths;
        table.rows.push_back({{one.domain},
                              whole(of.count),
                              whole(of.shortest),
                              rounded(of.low),
                              rounded(of.median),
                              rounded(of.mean),
                              rounded(of.high),
                              whole(of.longest)});
    }
    return table;
}

ReportTable tokenTable(const ArticleText& article) {
    ReportTable table;
    table.columns = {{"token", true}, {"id", true}, {"piece"}, {"bytes"}};
    for (const TextToken& token : article.tokens) {
        const auto place = table.rows.size() + 1;
        table.rows.push_back({{std::to_string(place), static_cast<double>(place)},
                              {std::to_string(token.id), static_cast<double>(token.id)},
                              {token.piece},
                              {QByteArray::fromStdString(token.bytes).toHex(' ').toStdString()}});
    }
    return table;
}

ReportTable sourceTable(const ListedCorpus& corpus) {
    ReportTable table;
    table.caption = Text::tr("Sources of the corpus %1; characters of each domain")
                        .arg(QString::fromStdString(corpus.name))
                        .toStdString();
    table.columns = {words(Text::tr("Source"), "source"), words(Text::tr("Licence"), "licence")};
    for (const std::string& domain : corpus.domains())
        table.columns.push_back(numbers(QString::fromStdString(domain), "characters_" + domain));
    table.columns.push_back(words(Text::tr("Taken from"), "origin"));
    for (const CorpusSource& source : corpus.sources) {
        std::vector<TableCell> row = {{source.name}, {source.licence}};
        for (const std::string& domain : corpus.domains()) {
            const auto characters = source.characters.find(domain);
            row.push_back(characters == source.characters.end() ? nothing() : whole(characters->second));
        }
        row.push_back({source.origin});
        table.rows.push_back(std::move(row));
    }
    return table;
}

ReportTable factTable(const ListedCorpus& corpus) {
    ReportTable table;
    table.caption =
        Text::tr("Provenance of the corpus %1").arg(QString::fromStdString(corpus.name)).toStdString();
    table.columns = {words(Text::tr("What"), "what"), words(Text::tr("Value"), "value")};
    for (const CorpusFact& fact : corpus.facts)
        table.rows.push_back({{fact.name}, {fact.value}});
    return table;
}

} // namespace retort
