// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/run_spec_json.h"

#include <QTreeWidget>

namespace retort {

/// A JSON document as a tree of names and values; a value's tooltip is its JSON pointer.
class JsonTree : public QTreeWidget {
    Q_OBJECT
public:
    explicit JsonTree(QWidget* parent = nullptr);
    void setJson(const Json& json);
};

/// A value as a person reads it: text without quotes, lists on one line.
[[nodiscard]] QString jsonText(const Json& json);

} // namespace retort
