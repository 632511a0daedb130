// SPDX-License-Identifier: GPL-3.0-or-later
// What the Report page needs from a workspace.
#pragma once

#include "report/document.h"

#include <functional>
#include <string>
#include <vector>

namespace retort {

/// A report, or one sentence why there is none.
struct ReportReading {
    ReportDocument document;
    std::string problem; ///< empty: the document is whole
};

class ReportSource {
public:
    using Answer = std::function<void(const ReportReading& reading)>;

    virtual ~ReportSource() = default;
    /// Of a study by its name, or of finished runs by their ids. The answer comes on the window's thread, at
    /// once or later; it does not come after the source has gone.
    virtual void readReport(const std::vector<std::string>& names, Answer answer) = 0;
};

} // namespace retort
