// SPDX-License-Identifier: GPL-3.0-or-later
// retort --render REQUEST.json --out DIR: draws figures and a report as retortctl asks
// (report/render_request.h), without a window.
#pragma once

#include <QString>

namespace retort {

/// Each figure as NAME.ENDING; the ending svg.html is the <svg> element alone, for an HTML file. The document
/// is report.pdf. Needs an application. Throws Error{data} when the request cannot be read, Error{workspace}
/// when the folder cannot be written.
void render(const QString& requestFile, const QString& folder);

} // namespace retort
