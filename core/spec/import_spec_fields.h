// SPDX-License-Identifier: GPL-3.0-or-later
// The fields of an import: names in a file, limits, and the words of the form. See spec/field.h.
#pragma once

#include "spec/field.h"
#include "spec/import_spec.h"

namespace retort {

template <>
struct EnumNames<ImportFormat> {
    static constexpr std::array<std::pair<ImportFormat, std::string_view>, 5> values = {
        {{ImportFormat::automatic, "auto"},
         {ImportFormat::json, "json"},
         {ImportFormat::text, "text"},
         {ImportFormat::code, "code"},
         {ImportFormat::corpus, "corpus"}}};
};
template <>
struct EnumNames<AmountUnit> {
    static constexpr std::array<std::pair<AmountUnit, std::string_view>, 3> values = {
        {{AmountUnit::characters, "characters"},
         {AmountUnit::bytes, "bytes"},
         {AmountUnit::tokens, "tokens"}}};
};
template <>
struct EnumNames<OnFault> {
    static constexpr std::array<std::pair<OnFault, std::string_view>, 2> values = {
        {{OnFault::skip, "skip"}, {OnFault::stop, "stop"}}};
};

template <class Visitor>
void describe(Visitor& v, ImportSource& s) {
    v.field("path", s.path, above(0), {"File or folder", "Or the name of a corpus."});
    v.field("name", s.name, any(), {"Source", "As the manifest calls it; empty: the path's last part."});
    v.field(
        "format", s.format, any(),
        {"Format",
         "json: an array of objects or an object a line, .gz and .zst too. text, code: a file is a document. "
         "corpus: a corpus of Retort. auto: by what is there."});
    v.field("domain", s.domain, any(),
            {"Domain", "Language, or kind of text, of documents that do not say theirs."});
    v.field("licence", s.licence, any(),
            {"Licence", "Of documents that do not say theirs; SPDX if there is one."});
    v.field("cap", s.cap, at_least(0),
            {"Cap", "Most that is taken of this source, in the balance's unit; 0: no cap."});
}

template <class Visitor>
void describe(Visitor& v, FileFilterSpec& s) {
    v.field("extensions", s.extensions, any(),
            {"Extensions", "Without the point; empty means all that are known."});
    v.field("min_bytes", s.min_bytes, at_least(0), {"Smallest file", "", "bytes"});
    v.field("max_bytes", s.max_bytes, at_least(1), {"Largest file", "", "bytes"});
    v.field("licences", s.licences, any(),
            {"Allowed licences", "SPDX identifiers: of the file's SPDX-License-Identifier, else of the "
                                 "nearest LICENSE file. Empty allows "
                                 "all, also files without one."});
}

template <class Visitor>
void describe(Visitor& v, CleaningSpec& s) {
    v.field("duplicates", s.duplicates, any(),
            {"Exact duplicates", "Of documents with the same text one stays."});
    v.field("near_duplicates", s.near_duplicates, any(),
            {"Near duplicates", "Of documents of a domain that are nearly alike one stays (MinHash)."});
    v.field("similarity", s.similarity, between(0.7, 1),
            {"Similarity", "Share of common five-word sequences from which two documents are nearly alike."});
    v.field("repeated_paragraphs", s.repeated_paragraphs, any(),
            {"Repeated paragraphs", "A paragraph of natural language stays once in the whole corpus."});
    v.field("wrong_language", s.wrong_language, any(),
            {"Wrong language", "Leaves out paragraphs whose function words are those of another language."});
    v.field("headings", s.headings, any(),
            {"Headings", "Keeps the titles and section headings of marked articles (Wiki40B)."});
    v.field("min_characters", s.min_characters, at_least(1),
            {"Shortest document", "After cleaning.", "characters"});
    v.field("max_characters", s.max_characters, at_least(1), {"Longest document", "", "characters"});
}

template <class Visitor>
void describe(Visitor& v, SplitSpec& s) {
    v.field("valid", s.valid, within(0, 1),
            {"Validation", "Share of the ids. An id is in the same split in all domains."});
    v.field("test", s.test, below_one(), {"Test", "Share of the ids; 0 makes no test split."});
}

template <class Visitor>
void describe(Visitor& v, BalanceSpec& s) {
    v.field("on", s.on, any(), {"Balance", "Takes equally much of each domain; off takes everything."});
    v.field("unit", s.unit, any(), {"Unit", "What amounts are counted in."});
    v.field("tokenizer", s.tokenizer, any(), {"Tokenizer", "Folder of the tokenizer that counts tokens."});
    v.field("max_diff_percent", s.max_diff_percent, within(0, 100),
            {"Largest difference", "Between the domains' amounts, of the largest.", "%"});
    v.field("common_articles", s.common_articles, any(),
            {"Common articles",
             "Only ids that all natural languages have; programming languages are free of it."});
    v.field("amount", s.amount, at_least(0),
            {"Amount", "Of each domain for training, in the unit; 0: as much as the scarcest domain has."});
}

template <class Visitor>
void describe(Visitor& v, ImportSpec& s) {
    v.field("name", s.name, above(0), {"Name", "Of the corpus: letters, digits, '-', '_' and '.'."});
    v.field("domains", s.domains, any(), {"Domains", "Those taken; empty means all that occur."});
    v.field("code_domains", s.code_domains, any(),
            {"Programming languages", "Domains that are code, besides those known by name (py, c, cpp, …)."});
    v.field("on_fault", s.on_fault, any(),
            {"Faulty documents", "skip: reported and left out. stop: the first one ends the import."});
    v.object("files", s.files, {"Files of folders"});
    v.object("cleaning", s.cleaning, {"Cleaning"});
    v.object("split", s.split, {"Split"});
    v.object("balance", s.balance, {"Balance"});
    v.field("seed", s.seed, any(), {"Seed", "Of the order in which documents are taken, and of the split."});
}

} // namespace retort
