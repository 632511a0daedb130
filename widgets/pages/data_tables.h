// SPDX-License-Identifier: GPL-3.0-or-later
// What the Data page says of corpora, as tables that can leave the laboratory.
#pragma once

#include "report/table.h"
#include "widgets/pages/data_source.h"

#include <QString>

namespace retort {

/// "1.6 MB", in powers of ten.
[[nodiscard]] QString sizeText(std::int64_t bytes);

/// "train", "validation", or the name itself.
[[nodiscard]] QString splitText(const std::string& split);

/// A row for each corpus; damaged ones have dashes.
[[nodiscard]] ReportTable corpusTable(const std::vector<ListedCorpus>& corpora);

/// A row for each domain of each split, and one for all of the split.
[[nodiscard]] ReportTable domainTable(const ListedCorpus& corpus);

/// A row for each domain of the split. `unit`: characters, tokens.
[[nodiscard]] ReportTable lengthTable(const std::vector<DomainLengths>& lengths, const std::string& split,
                                      const QString& unit);

/// A row for each token: its place in the part from 1, its id, piece, and bytes in hexadecimal.
[[nodiscard]] ReportTable tokenTable(const ArticleText& article);

[[nodiscard]] ReportTable sourceTable(const ListedCorpus& corpus);
[[nodiscard]] ReportTable factTable(const ListedCorpus& corpus);

} // namespace retort
