// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/router_spec.h"
#include "widgets/forms/loss_text.h"

namespace retort {

/// What a router computes, in symbols and with the numbers of its fields.
[[nodiscard]] LossText routerText(const RouterSpec& spec);

} // namespace retort
