// SPDX-License-Identifier: GPL-3.0-or-later
// Quantities as a person reads them, in the language of the user.
#pragma once

#include <QString>

namespace retort {

/// "40 s", "12 min", "3 h 20 min", "2 d 4 h": two units at most, never seconds beside minutes above ten.
[[nodiscard]] QString roughDuration(double seconds);

/// "380 MiB", "1.4 GiB".
[[nodiscard]] QString bytesText(double bytes);

} // namespace retort
