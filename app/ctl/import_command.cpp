// SPDX-License-Identifier: GPL-3.0-or-later
// corpus import: documents that a user has, to a corpus.
#include "app/ctl/corpus_commands.h"

#include "app/ctl/interrupt.h"
#include "app/ctl/text_table.h"
#include "base/files.h"
#include "data/article_file.h"
#include "data/import/import.h"
#include "spec/import_report_json.h"
#include "spec/import_spec_fields.h"
#include "spec/import_spec_json.h"
#include "spec/study_spec.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/core.h>
#include <memory>
#include <unistd.h>

namespace retort::ctl {
namespace {

struct ImportOptions {
    std::string name;
    std::vector<std::string> paths;
    std::string spec_file;
    std::vector<std::string> domains;
    std::string licence;
    std::string unit;
    std::string tokenizer;
    double max_diff = 0;
    std::int64_t amount = 0;
    bool common = false;
    std::vector<std::string> sets;
    bool dry_run = false;
};

/// "fr=PATH" names the domain of what lies at PATH.
ImportSource source_of(const std::string& argument, const std::string& licence) {
    ImportSource source;
    source.licence = licence;
    const std::size_t sign = argument.find('=');
    const bool has_domain = sign != std::string::npos && argument.find('/') > sign;
    source.domain = has_domain ? argument.substr(0, sign) : "";
    source.path = has_domain ? argument.substr(sign + 1) : argument;
    return source;
}

void apply_sets(Json& json, const std::vector<std::string>& sets) {
    for (const std::string& text : sets) {
        const auto change = parse_override(text);
        try {
            if (change) json.at(Json::json_pointer(change->pointer)) = change->value;
        } catch (const Json::exception&) {
            throw Error(ErrorKind::usage, "--set " + text + " names no field of an import.");
        }
        if (!change)
            throw Error(ErrorKind::usage,
                        "--set " + text + " must have the form /json/pointer=value, e.g. /split/test=0.05.");
    }
}

Json read_spec_file(const std::string& file) {
    Json json = Json::parse(read_file(file), nullptr, false);
    if (json.is_discarded()) throw Error(ErrorKind::usage, file + " is no JSON; correct it.");
    return json;
}

ImportSpec spec_of(const ImportOptions& options) {
    ImportSpec spec;
    if (!options.spec_file.empty()) {
        ImportSpecReading reading = read_import_spec(read_spec_file(options.spec_file));
        std::erase_if(reading.problems,
                      [](const Problem& p) { return p.pointer == "/name" || p.pointer == "/sources"; });
        if (!reading.problems.empty())
            throw Error(ErrorKind::usage,
                        options.spec_file + " cannot be used:\n" + to_text(reading.problems));
        spec = std::move(reading.spec);
    }
    spec.name = options.name;
    for (const std::string& path : options.paths)
        spec.sources.push_back(source_of(path, options.licence));
    if (!options.domains.empty()) spec.domains = options.domains;
    if (!options.tokenizer.empty()) spec.balance.tokenizer = options.tokenizer;
    if (!options.tokenizer.empty()) spec.balance.unit = AmountUnit::tokens;
    if (const auto unit = value_named<AmountUnit>(options.unit)) spec.balance.unit = *unit;
    if (options.max_diff > 0) spec.balance.max_diff_percent = options.max_diff;
    if (options.amount > 0) spec.balance.amount = options.amount;
    spec.balance.common_articles = spec.balance.common_articles || options.common;
    Json json = to_json(spec);
    apply_sets(json, options.sets);
    ImportSpecReading reading = read_import_spec(json);
    if (!reading.problems.empty())
        throw Error(ErrorKind::usage, "The import cannot begin:\n" + to_text(reading.problems));
    return reading.spec;
}

void show_progress(const std::string& phase, double done) {
    static int last = -1; // of a thousand
    const int share = static_cast<int>(1000 * done);
    if (isatty(STDERR_FILENO) == 0 || share == last) return;
    last = share;
    fmt::print(stderr, "\r{:5.1f} %  {:<30.30}", 100 * done, phase);
    if (done >= 1) fmt::print(stderr, "\n");
}

/// A folder of train.D.jsonl files alone is copied as it is.
bool is_copied(const ImportOptions& options, const ImportSpec& spec) {
    ImportSpec plain;
    plain.name = spec.name;
    plain.sources = spec.sources;
    if (spec != plain || options.dry_run || spec.sources.size() != 1 || !spec.sources[0].domain.empty() ||
        !spec.sources[0].licence.empty())
        return false;
    std::error_code failed;
    const auto files = std::filesystem::directory_iterator(spec.sources[0].path, failed);
    if (failed) return std::filesystem::is_directory(spec.sources[0].path);
    return std::any_of(begin(files), end(files), [](const auto& entry) {
        return parse_article_file_name(entry.path().filename().string()).has_value();
    });
}

int import(const Invocation& invocation, const ImportOptions& options) {
    const ImportSpec spec = spec_of(options);
    if (is_copied(options, spec)) {
        print_corpus(import_corpus(spec.sources[0].path, spec.name));
        return 0;
    }
    const Interrupt interrupt("Stopping; nothing of the import is kept");
    ImportReport report;
    std::string place;
    if (options.dry_run) {
        report = preview_import(spec, show_progress, interrupt.token());
    } else {
        const Corpus corpus = import_documents(spec, show_progress, interrupt.token());
        report = import_report(corpus).value();
        place = corpus.folder.string();
    }
    if (invocation.json)
        fmt::print("{}\n", to_json(report).dump(1));
    else
        fmt::print("{}\n{}", options.dry_run ? spec.name + ", if it were made" : spec.name + " in " + place,
                   import_text(report));
    return 0;
}

std::string taken_table(const ImportReport& report) {
    std::vector<std::vector<std::string>> rows = {{"split", "domain", "articles", "characters", "bytes",
                                                   std::string(name_of(report.unit)) + " balanced"}};
    for (const PartReport& part : report.parts)
        rows.push_back({part.split, part.domain, std::to_string(part.taken.articles),
                        std::to_string(part.taken.characters), std::to_string(part.taken.bytes),
                        std::to_string(part.taken.amount)});
    return text_table(rows);
}

std::string domain_table(const ImportReport& report) {
    std::vector<std::vector<std::string>> rows = {
        {"domain", "read", "clean", "repeated paragraphs", "in another language"}};
    for (const DomainReport& domain : report.domains)
        rows.push_back(
            {domain.domain, std::to_string(domain.read.articles), std::to_string(domain.clean.articles),
             std::to_string(domain.paragraphs.repeated),
             domain.code || !domain.language_known ? "-" : std::to_string(domain.paragraphs.wrong_language)});
    return text_table(rows);
}

} // namespace

std::string import_text(const ImportReport& report) {
    std::string text = taken_table(report) + "\n" + domain_table(report);
    for (const BalanceReport& balance : report.balance)
        text +=
            fmt::format("\n{}: the domains differ by {:.2f} % of the largest; {} ids are in all languages",
                        balance.split, balance.difference_percent, balance.common_ids);
    text += fmt::format("\nIn more than one split: {} ids, {} texts, {} paragraphs of natural languages\n",
                        report.leaks.ids, report.leaks.texts, report.leaks.paragraphs);
    for (const SourceReport& source : report.sources) {
        text += fmt::format("\n{} ({}): {} of {} documents taken; licences:", source.name, source.path,
                            source.taken.articles, source.read.articles);
        for (const auto& [licence, articles] : source.licences)
            text += fmt::format(" {} ({})", licence.empty() ? "not stated" : licence, articles);
    }
    text += "\n";
    for (const auto& [reason, count] : report.skipped)
        text += fmt::format("left out, {}: {}\n", name_of(reason), count);
    for (const SkippedDocument& one : report.examples)
        if (!one.fault.empty()) text += fmt::format("  {}: {}\n", one.place, one.fault);
    for (const std::string& remark : report.remarks)
        text += remark + "\n";
    return text;
}

void add_import_command(CLI::App& corpus, Invocation& invocation) {
    auto options = std::make_shared<ImportOptions>();
    CLI::App* command = corpus.add_subcommand(
        "import", "Make a corpus of files and folders: read, cleaned, split by id and balanced");
    command
        ->add_option("paths", options->paths,
                     "Files, folders or corpora, each as PATH or DOMAIN=PATH; a folder of train.D.jsonl and "
                     "valid.D.jsonl files alone is copied as it is")
        ->type_name("PATH");
    command->add_option("--name", options->name, "Name of the corpus")->required();
    command->add_option("--spec", options->spec_file, "An import as JSON, which other options change")
        ->type_name("FILE");
    command->add_option("--domains", options->domains, "Domains that are taken; all when not given")
        ->delimiter(',');
    command->add_option("--licence", options->licence, "Licence of documents that do not say theirs");
    command->add_option("--unit", options->unit, "characters, bytes or tokens")
        ->check(CLI::IsMember({"characters", "bytes", "tokens"}));
    command->add_option("--tokenizer", options->tokenizer, "Folder of the tokenizer that counts tokens")
        ->type_name("DIR");
    command->add_option("--max-diff", options->max_diff, "Largest difference between domains, in percent");
    command->add_option("--amount", options->amount, "Amount of each domain for training, in the unit");
    command->add_flag("--common-articles", options->common, "Only ids that all natural languages have");
    command->add_option("--set", options->sets, "Change a field, e.g. /cleaning/near_duplicates=false")
        ->type_name("/json/pointer=value");
    command->add_flag("--dry-run", options->dry_run, "Say what would be taken, and make nothing");
    add_json(command, invocation, "The report as an object");
    command->callback([&invocation, options] {
        invocation.action = [&invocation, options] { return import(invocation, *options); };
    });
}

} // namespace retort::ctl
