// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/import/part_file.h"

#include "data/article_file.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace retort {
PartFile::PartFile(std::string split, std::string domain, const std::filesystem::path& folder,
                   const std::filesystem::path& records)
    : split_(std::move(split)),
      domain_(std::move(domain)),
      lines_(folder / article_file_name(split_, domain_)),
      records_(records, 64 * 1024) {}

void PartFile::add(std::string_view line, PartRecord record, std::span<const std::uint64_t> paragraphs) {
    record.line_bytes = std::ssize(line);
    record.paragraphs = static_cast<std::uint32_t>(paragraphs.size());
    lines_.append(line);
    records_.append_records(std::span<const PartRecord>(&record, 1));
    records_.append_records(paragraphs);
    ++total_.articles;
    total_.characters += record.characters;
    total_.bytes += record.bytes;
    total_.amount += record.amount;
}

void PartFile::cut(std::int64_t least, std::int64_t most, const Taken& taken) {
    SpillReader records(records_);
    std::vector<std::uint64_t> paragraphs;
    std::int64_t amount = 0, read = 0, written = 0;
    bool passed = false; ///< over an article
    for (PartRecord record; !(passed && amount >= least) && !records.at_end(); read += record.line_bytes) {
        records.next_records(std::span<PartRecord>(&record, 1));
        paragraphs.resize(record.paragraphs);
        records.next_records(std::span<std::uint64_t>(paragraphs));
        passed = passed || amount + record.amount > most;
        if (amount + record.amount > most) continue;
        if (written != read) move_line(read, written, record.line_bytes);
        written += record.line_bytes;
        amount += record.amount;
        taken(record, paragraphs);
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
