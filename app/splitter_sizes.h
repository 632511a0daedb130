// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVariantMap>

class QWidget;

namespace retort {

/// How a person has shared out the room between the parts of all pages below `top`: the states of its
/// splitters, by their places among the widgets.
[[nodiscard]] QVariantMap splitterSizes(const QWidget& top);

/// A splitter that is not there any more, or has more or fewer parts now, is passed over.
void restoreSplitterSizes(const QWidget& top, const QVariantMap& sizes);

} // namespace retort
