// SPDX-License-Identifier: GPL-3.0-or-later
// Quantities as a person reads them, in the language of the user.
#pragma once

#include <QString>

namespace retort {

/// "40 s", "12 min", "3 h 20 min", "2 d 4 h": two units at most, never seconds beside minutes above ten.
[[nodiscard]] QString roughDuration(double seconds);

/// "380 MB", "1.4 GB": in thousands, as the form has them.
[[nodiscard]] QString bytesText(double bytes);

} // namespace retort
