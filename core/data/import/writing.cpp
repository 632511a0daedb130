// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/import/writing.h"

#include "data/import/ordered_work.h"
#include "data/import/selection.h"
#include "data/tokenizer.h"
#include "data/utf8.h"
#include "spec/import_spec_json.h"

#include <algorithm>
#include <optional>
#include <ranges>
#include <set>
#include <utility>

namespace retort {
namespace {

constexpr std::size_t batch_bytes = 1 << 20;

/// A document of which the paragraphs that go are known.
struct Draft {
    SpooledDocument document;
    std::vector<std::uint32_t> dropped; ///< in ascending order
};
/// Documents with whole groups of one key.
struct Batch {
    std::vector<Draft> drafts;
    std::size_t bytes = 0;
};
struct Finished {
    SpoolEntry entry;
    std::int64_t dropped = 0;
    std::optional<Candidate> candidate; ///< nothing: too little was left
};

/// From drafts to lines of the corpus; any thread.
class Finisher {
public:
    Finisher(const ImportSpec& spec, const DocumentSpool& spool) : spec_(spec), spool_(spool) {
        if (spec.balance.unit == AmountUnit::tokens) tokenizer_.emplace(spec.balance.tokenizer);
    }

    [[nodiscard]] std::vector<Finished> finish(Batch&& batch) const {
        std::vector<Finished> finished;
        finished.reserve(batch.drafts.size());
        for (Draft& draft : batch.drafts)
            finished.push_back(finish(std::move(draft)));
        return finished;
    }

private:
    [[nodiscard]] Finished finish(Draft&& draft) const {
        SpooledDocument& document = draft.document;
        Finished finished{document.entry, std::ssize(draft.dropped), std::nullopt};
        auto& places = document.paragraphs.places;
        for (const std::uint32_t paragraph : draft.dropped | std::views::reverse)
            places.erase(places.begin() + paragraph);
        const std::string text = join_paragraphs(document.text, document.paragraphs);
        const std::int64_t characters = count_characters(text);
        if (text.empty() || characters < spec_.cleaning.min_characters) return finished;
        Paragraphs whole;
        whole.places.push_back({0, static_cast<std::uint32_t>(text.size()), false});
        PartRecord record;
        record.key = document.entry.key;
        record.text_hash = hash_text(text, whole);
        record.characters = characters;
        record.bytes = std::ssize(text);
        record.origin = document.entry.origin;
        record.licence = document.entry.licence;
        record.amount = amount_of(text, characters);
        const std::string& domain = spool_.domains().name(document.entry.domain);
        finished.candidate =
            Candidate{domain, line_of(document, domain, text), record, hashes_of(document, domain)};
        return finished;
    }

    /// Of the paragraphs by which splits are compared: those of natural language that are long enough.
    [[nodiscard]] std::vector<std::uint64_t> hashes_of(const SpooledDocument& document,
                                                       const std::string& domain) const {
        std::vector<std::uint64_t> hashes;
        if (is_code_domain(spec_, domain)) return hashes;
        for (const Paragraph& paragraph : document.paragraphs.places)
            if (const std::uint64_t hash = hash_paragraph(document.text, paragraph); hash != 0)
                hashes.push_back(hash);
        return hashes;
    }

    [[nodiscard]] std::int64_t amount_of(const std::string& text, std::int64_t characters) const {
        if (tokenizer_) return std::ssize(tokenizer_->encode(text));
        return spec_.balance.unit == AmountUnit::bytes ? std::ssize(text) : characters;
    }

    [[nodiscard]] std::string line_of(const SpooledDocument& document, const std::string& domain,
                                      const std::string& text) const {
        Json line = {{"id", document.id}, {"domain", domain}, {"text", text}, {"source", document.origin}};
        if (const std::string& licence = spool_.licences().name(document.entry.licence); !licence.empty())
            line["licence"] = licence;
        return line.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
    }

    const ImportSpec& spec_;
    const DocumentSpool& spool_;
    std::optional<Tokenizer> tokenizer_;
};

/// Gathers what the threads finish into groups of one id and hands them to the selection.
class Gatherer {
public:
    Gatherer(const ImportSpec& spec, const DocumentSpool& spool, const ImportFolders& folders,
             ImportReport& report)
        : spec_(spec),
          selection_(spec, folders.corpus, folders.work),
          report_(report),
          licences_(spool.licences().names()) {
        for (const DomainReport& domain : report.domains)
            if (!domain.code && domain.read.articles > 0) natural_.insert(domain.domain);
        by_number_.reserve(spool.domains().names().size());
        for (const std::string& name : spool.domains().names())
            by_number_.push_back(static_cast<std::size_t>(
                std::ranges::find(report.domains, name, &DomainReport::domain) - report.domains.begin()));
    }

    void take(std::vector<Finished>&& finished) {
        for (Finished& one : finished) {
            if (!group_.empty() && group_.front().record.key != one.entry.key) close();
            DomainReport& domain = domain_of(one.entry);
            domain.paragraphs.repeated += one.dropped;
            if (one.candidate)
                group_.push_back(*std::move(one.candidate));
            else
                skip(domain, one.dropped > 0 ? SkipReason::repeated : SkipReason::too_short);
        }
    }
    void skip(const SpoolEntry& entry, SkipReason reason) { skip(domain_of(entry), reason); }
    void finish() {
        close();
        selection_.finish(licences_, report_);
    }

private:
    [[nodiscard]] DomainReport& domain_of(const SpoolEntry& entry) {
        return report_.domains[by_number_[entry.domain]];
    }
    void skip(DomainReport& domain, SkipReason reason) {
        ++domain.skipped[reason];
        ++report_.skipped[reason];
    }
    void close() {
        std::set<std::string> languages;
        for (const Candidate& candidate : group_)
            if (natural_.contains(candidate.domain)) languages.insert(candidate.domain);
        const bool is_common = !spec_.balance.common_articles || languages.size() == natural_.size();
        for (const Candidate& candidate : group_)
            if (is_common || !natural_.contains(candidate.domain))
                selection_.add(candidate, report_);
            else
                skip(*std::ranges::find(report_.domains, candidate.domain, &DomainReport::domain),
                     SkipReason::not_common);
        group_.clear();
    }

    const ImportSpec& spec_;
    Selection selection_;
    ImportReport& report_;
    std::vector<std::string> licences_;
    std::set<std::string> natural_;
    std::vector<std::size_t> by_number_; ///< place in the report of a domain's number
    std::vector<Candidate> group_;       ///< of one id
};

/// The paragraphs that go, asked for in the order of the documents.
class DroppedReader {
public:
    explicit DroppedReader(Duplicates& duplicates) : cursor_(duplicates.dropped_paragraphs().read()) {
        next_ = cursor_.next();
    }
    [[nodiscard]] std::vector<std::uint32_t> of(const SpoolEntry& entry) {
        if (key_ != entry.key.high) held_.clear();
        key_ = entry.key.high;
        for (; next_ != nullptr && next_->key <= key_; next_ = cursor_.next())
            if (next_->key == key_) held_.push_back(*next_);
        std::vector<std::uint32_t> paragraphs;
        for (const DroppedParagraph& dropped : held_)
            if (dropped.document == entry.number) paragraphs.push_back(dropped.paragraph);
        return paragraphs;
    }

private:
    SortedRecords<DroppedParagraph>::Cursor cursor_;
    const DroppedParagraph* next_ = nullptr;
    std::uint64_t key_ = 0;
    std::vector<DroppedParagraph> held_; ///< of the key
};

} // namespace

void write_articles(const ImportSpec& spec, CleanedDocuments documents, const ImportFolders& folders,
                    const ProgressFunction& progress, ImportReport& report) {
    const Finisher finisher(spec, documents.spool);
    Gatherer gatherer(spec, documents.spool, folders, report);
    DroppedReader dropped(documents.duplicates);
    OrderedWork<Batch, std::vector<Finished>> work(
        [&](Batch&& batch) { return finisher.finish(std::move(batch)); },
        [&](std::vector<Finished>&& finished) { gatherer.take(std::move(finished)); });
    Batch batch;
    double done = 0;
    const double share = 0.3 / std::max(1.0, static_cast<double>(documents.spool.size()));
    documents.spool.visit([&](const SpoolEntry& entry) {
        done += share;
        if (const auto reason = documents.verdicts.reason(entry.number)) return gatherer.skip(entry, *reason);
        batch.drafts.push_back({documents.spool.read(entry), dropped.of(entry)});
        batch.bytes += entry.text_bytes;
        if (batch.bytes < batch_bytes) return;
        work.add(std::exchange(batch, {}));
        if (progress) progress("choosing", 0.65 + done);
    });
    work.add(std::exchange(batch, {}));
    work.finish();
    if (progress) progress("writing", 0.95);
    gatherer.finish();
}

} // namespace retort
