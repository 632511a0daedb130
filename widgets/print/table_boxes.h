// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/table.h"
#include "widgets/print/page_box.h"

namespace retort {

/// Caption, head and rows as booktabs sets them: three rules and no other line, numbers to the right. The
/// head is drawn again where a page begins. Long texts are broken into lines; a table of many numbers is
/// set smaller.
[[nodiscard]] std::vector<PageBox> tableBoxes(const ReportTable& table, double width);

} // namespace retort
