// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/import/reading.h"

#include "base/error.h"
#include "data/import/documents.h"
#include "data/import/function_words.h"
#include "data/import/licences.h"
#include "data/import/ordered_work.h"
#include "spec/import_report_json.h"
#include "spec/import_spec_json.h"

#include <algorithm>
#include <utility>

namespace retort {
namespace {

constexpr std::size_t batch_bytes = 1 << 20;
constexpr std::int64_t most_examples = 10; ///< of each reason

struct Batch {
    std::vector<SourceDocument> documents;
    std::vector<bool> code;
    std::uint32_t origin = 0;
    std::size_t bytes = 0;
};

void add_to(Tally& tally, const Tally& one) {
    tally.articles += one.articles;
    tally.characters += one.characters;
    tally.bytes += one.bytes;
}

class Intake : public DocumentSink {
public:
    Intake(const ImportSpec& spec, ReadDocuments into, const ProgressFunction& progress, ImportReport& report)
        : spec_(spec),
          into_(into),
          progress_(progress),
          report_(report),
          work_([&spec](Batch&& batch) { return clean(std::move(batch), spec.cleaning); },
                [this](std::vector<CleanDocument>&& documents) { store(documents); }) {}

    void read(const std::vector<SourceFiles>& sources) {
        for (const SourceFiles& source : sources)
            total_ += source.bytes();
        for (const SourceFiles& source : sources) {
            batch_.origin = static_cast<std::uint32_t>(report_.sources.size());
            report_.sources.push_back({source.name(), source.source().path, {}, {}, {}});
            read_documents(source, *this);
            hand_over();
            done_ += source.bytes();
        }
        work_.finish();
        std::ranges::sort(report_.domains, {}, &DomainReport::domain);
    }

    void document(SourceDocument&& document) override {
        if (!spec_.domains.empty() &&
            std::ranges::find(spec_.domains, document.domain) == spec_.domains.end())
            return count(SkipReason::other_domain);
        if (!spec_.files.licences.empty() && !allows(spec_.files.licences, document.licence))
            return leave_out(document.domain,
                             {SkipReason::licence, document.id,
                              document.licence.empty() ? "no licence is stated" : document.licence});
        batch_.bytes += document.text.size();
        batch_.code.push_back(is_code_domain(spec_, document.domain));
        batch_.documents.push_back(std::move(document));
        if (batch_.bytes >= batch_bytes) hand_over();
    }

    void skipped(const std::string& domain, SkippedDocument&& skipped) override {
        const bool is_fault =
            skipped.reason == SkipReason::not_utf8 || skipped.reason == SkipReason::malformed;
        if (is_fault && spec_.on_fault == OnFault::stop)
            throw Error(ErrorKind::data, skipped.place + ": " + skipped.fault +
                                             "; correct it, or let faulty documents be left out.");
        leave_out(domain, std::move(skipped));
    }

    void advanced(std::int64_t bytes) override {
        const double share =
            static_cast<double>(done_ + bytes) / static_cast<double>(std::max<std::int64_t>(total_, 1));
        if (progress_) progress_("reading", 0.6 * std::min(share, 1.0));
    }

private:
    static std::vector<CleanDocument> clean(Batch&& batch, const CleaningSpec& spec) {
        std::vector<CleanDocument> documents;
        documents.reserve(batch.documents.size());
        for (std::size_t i = 0; i < batch.documents.size(); ++i)
            documents.push_back(
                clean_document(std::move(batch.documents[i]), batch.origin, batch.code[i], spec));
        return documents;
    }

    void hand_over() {
        if (batch_.documents.empty()) return;
        Batch full = std::exchange(batch_, {{}, {}, batch_.origin, 0});
        work_.add(std::move(full));
    }

    void store(const std::vector<CleanDocument>& documents) {
        for (const CleanDocument& document : documents) {
            DomainReport& domain = domain_of(document.source.domain);
            add_to(domain.read, document.read);
            add_to(report_.sources[document.origin].read, document.read);
            domain.paragraphs.read += document.tally.read;
            domain.paragraphs.wrong_language += document.tally.wrong_language;
            if (document.skip)
                leave_out(document.source.domain, {*document.skip, document.source.id, {}});
            else
                into_.duplicates.add(into_.spool.add(document), document);
        }
    }

    DomainReport& domain_of(const std::string& name) {
        const auto found = std::ranges::find(report_.domains, name, &DomainReport::domain);
        if (found != report_.domains.end()) return *found;
        DomainReport& made = report_.domains.emplace_back();
        made.domain = name;
        made.code = is_code_domain(spec_, name);
        made.language_known = knows_language(name);
        return made;
    }

    void count(SkipReason reason) { ++report_.skipped[reason]; }

    void leave_out(const std::string& domain, SkippedDocument&& skipped) {
        count(skipped.reason);
        if (!domain.empty()) ++domain_of(domain).skipped[skipped.reason];
        if (report_.skipped[skipped.reason] <= most_examples) report_.examples.push_back(std::move(skipped));
    }

    const ImportSpec& spec_;
    ReadDocuments into_;
    const ProgressFunction& progress_;
    ImportReport& report_;
    Batch batch_;
    std::int64_t total_ = 0;
    std::int64_t done_ = 0;
    OrderedWork<Batch, std::vector<CleanDocument>> work_; ///< last: it ends before what it uses
};

} // namespace

void read_sources(const ImportSpec& spec, const std::vector<SourceFiles>& sources, ReadDocuments into,
                  const ProgressFunction& progress, ImportReport& report) {
    report.unit = spec.balance.unit;
    Intake(spec, into, progress, report).read(sources);
}

} // namespace retort
