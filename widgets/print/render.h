// SPDX-License-Identifier: GPL-3.0-or-later
// PROGRAM --render REQUEST.json --out DIR: draws figures and a report as a Drawer asks (report/drawer.h),
// without a window.
#pragma once

#include <QString>

namespace retort {

/// Each figure as NAME.ENDING; the ending svg.html is the <svg> element alone, for an HTML file. The document
/// is report.pdf. Needs an application. Returns an empty text, or one sentence why not.
[[nodiscard]] QString render(const QString& requestFile, const QString& folder);

} // namespace retort
