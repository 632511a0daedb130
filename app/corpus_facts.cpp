// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/corpus_facts.h"

#include "data/import/import.h"

#include <QCoreApplication>
#include <algorithm>
#include <set>

namespace retort {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(retort::CorpusFacts)
};

std::string words(const QString& text) {
    return text.toStdString();
}

/// A number or a word; empty for anything else.
std::string scalar(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    return value.is_number() || value.is_boolean() ? value.dump() : std::string();
}

/// "train 329, valid 37" of an object of scalars.
std::string listed(const Json& object) {
    std::string text;
    for (const auto& [key, value] : object.items()) {
        const std::string one = scalar(value);
        if (!one.empty()) text += (text.empty() ? "" : ", ") + key + " " + one;
    }
    return text;
}

/// The key as words.
std::string spoken(std::string key) {
    std::ranges::replace(key, '_', ' ');
    return key;
}

Json objectAt(const Json& manifest, const char* key) {
    const auto found = manifest.find(key);
    return found != manifest.end() && found->is_object() ? *found : Json::object();
}

std::string recipeName(const Json& manifest) {
    return scalar(objectAt(manifest, "recipe").value("name", Json()));
}

/// "fonts 1.2, maps 3" for "fonts maps".
std::string withVersions(const std::string& packages, const Json& versions) {
    QStringList all;
    for (const QString& package :
         QString::fromStdString(packages).split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const auto version = versions.find(package.toStdString());
        all << (version == versions.end()
                    ? package
                    : package + QLatin1Char(' ') + QString::fromStdString(scalar(*version)));
    }
    return words(all.join(QStringLiteral(", ")));
}

/// A recipe writes "licences": {"name: packages": licence}.
std::vector<CorpusSource> sourcesOf(const Json& manifest) {
    std::vector<CorpusSource> sources;
    const Json versions = objectAt(manifest, "packages"), counts = objectAt(manifest, "characters_by_source"),
               licences = objectAt(manifest, "licences");
    for (const auto& [key, licence] : licences.items()) {
        const std::size_t colon = key.find(": ");
        CorpusSource source{key.substr(0, colon), scalar(licence), {}, {}};
        if (colon != std::string::npos) source.origin = withVersions(key.substr(colon + 2), versions);
        for (const auto& [domain, byName] : counts.items())
            if (byName.is_object() && byName.contains(source.name) && byName[source.name].is_number_integer())
                source.characters[domain] = byName[source.name].get<std::int64_t>();
        sources.push_back(std::move(source));
    }
    return sources;
}

std::vector<CorpusFact> factsOf(const Corpus& corpus) {
    const std::set<std::string> elsewhere = {
        "name", "files", "recipe", "licences", "packages", "characters_by_source", "import"};
    std::vector<CorpusFact> facts = {{words(Text::tr("folder")), corpus.folder.string()},
                                     {words(Text::tr("identity (SHA-256)")), corpus.identity()}};
    if (const std::string recipe = recipeName(corpus.manifest); !recipe.empty())
        facts.push_back({words(Text::tr("recipe")), recipe});
    for (const auto& [key, value] : corpus.manifest.items()) {
        if (elsewhere.contains(key)) continue;
        const std::string text = value.is_object() ? listed(value) : scalar(value);
        if (!text.empty()) facts.push_back({spoken(key), text});
    }
    return facts;
}

} // namespace

ListedCorpus describeCorpus(const Corpus& corpus) {
    ListedCorpus listed{corpus.name,     corpus.identity(),         {}, {}, {},
                        factsOf(corpus), sourcesOf(corpus.manifest)};
    const std::string recipe = recipeName(corpus.manifest);
    listed.origin = words(recipe.empty() ? Text::tr("import")
                                         : Text::tr("recipe %1").arg(QString::fromStdString(recipe)));
    for (const CorpusFile& file : corpus.files)
        listed.parts.push_back({file.split, file.domain, file.articles, file.characters, file.bytes});
    listed.report = import_report(corpus);
    return listed;
}

} // namespace retort
