// SPDX-License-Identifier: GPL-3.0-or-later
// Student's t distribution of `df` > 0 degrees of freedom, to about 12 significant digits, in the tails too.
#pragma once

namespace retort {

/// I_x(a, b) of a, b > 0 and x in [0, 1]; continued fraction of DLMF 8.17.22 by Lentz's method.
[[nodiscard]] double regularized_incomplete_beta(double a, double b, double x);

/// P(T > t).
[[nodiscard]] double student_t_tail(double t, double df);

/// P(|T| >= |t|).
[[nodiscard]] double student_t_two_sided(double t, double df);

/// The t with P(T <= t) = p, for p in (0, 1).
[[nodiscard]] double student_t_quantile(double p, double df);

} // namespace retort
