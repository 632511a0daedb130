// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QCPAbstractPlottable;
class QCPAxis;

namespace retort {

class Curve;
struct CurveView;

/// Draws `curve` as it is at the time of drawing, at most a few vertices per pixel column: values faint
/// behind when smoothed, what has no place on the axis (NaN ×, ∞ ▲, −∞ and non-positive on a logarithmic axis
/// ▼) as marks at its edge. The plot of the axes owns the result; `curve` and `view` must outlive it.
[[nodiscard]] QCPAbstractPlottable* drawCurve(const Curve& curve, const CurveView& view, QCPAxis* keyAxis,
                                              QCPAxis* valueAxis);

} // namespace retort
