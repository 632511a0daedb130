// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/import/part_file.h"

#include "data/article_file.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace retort {
namespace {

constexpr std::int64_t records_at_once = 4096;

/// The records of a part one after the other.
class RecordReader {
public:
    explicit RecordReader(SpillFile& file)
        : file_(file), rest_(file.size() / static_cast<std::int64_t>(sizeof(PartRecord))) {}

    bool next(PartRecord& record) {
        if (at_ == held_.size()) {
            held_.resize(static_cast<std::size_t>(std::min(rest_, records_at_once)));
            file_.read_records(offset_, std::span<PartRecord>(held_));
            offset_ += static_cast<std::int64_t>(held_.size() * sizeof(PartRecord));
            rest_ -= std::ssize(held_);
            at_ = 0;
        }
        if (held_.empty()) return false;
        record = held_[at_++];
        return true;
    }

private:
    SpillFile& file_;
    std::int64_t rest_;
    std::int64_t offset_ = 0;
    std::vector<PartRecord> held_;
    std::size_t at_ = 0;
};

} // namespace

PartFile::PartFile(std::string split, std::string domain, const std::filesystem::path& folder,
                   const std::filesystem::path& records)
    : split_(std::move(split)),
      domain_(std::move(domain)),
      lines_(folder / article_file_name(split_, domain_)),
      records_(records, 64 * 1024) {}

void PartFile::add(std::string_view line, PartRecord record) {
    record.line_bytes = std::ssize(line);
    lines_.append(line);
    records_.append_records(std::span<const PartRecord>(&record, 1));
    ++total_.articles;
    total_.characters += record.characters;
    total_.bytes += record.bytes;
    total_.amount += record.amount;
}

void PartFile::cut(std::int64_t least, std::int64_t most,
                   const std::function<void(const PartRecord&)>& taken) {
    RecordReader records(records_);
    std::int64_t amount = 0, read = 0, written = 0;
    bool passed = false; ///< over an article
    for (PartRecord record; !(passed && amount >= least) && records.next(record); read += record.line_bytes) {
        passed = passed || amount + record.amount > most;
        if (amount + record.amount > most) continue;
        if (written != read) move_line(read, written, record.line_bytes);
        written += record.line_bytes;
        amount += record.amount;
        taken(record);
    }
    lines_.truncate(written);
}

void PartFile::move_line(std::int64_t from, std::int64_t to, std::int64_t bytes) {
    std::array<char, 16 * 1024> buffer{};
    for (std::int64_t done = 0; done < bytes;) {
        const auto step = std::min<std::int64_t>(bytes - done, std::ssize(buffer));
        const std::span<char> part(buffer.data(), static_cast<std::size_t>(step));
        lines_.read(from + done, part);
        lines_.overwrite(to + done, part);
        done += step;
    }
}

} // namespace retort
