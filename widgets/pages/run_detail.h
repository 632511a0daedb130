// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/run_record.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;

namespace retort {

class JsonTree;
class RunMarksEditor;

/// All that is known of one run: what a person says of it, summary, specification as a tree, and the JSON
/// itself.
class RunDetail : public QWidget {
    Q_OBJECT
public:
    explicit RunDetail(QWidget* parent = nullptr);

    void show(const RunRecord& run);
    /// "3 runs selected." or what to do.
    void showWords(const QString& words);
    [[nodiscard]] RunMarksEditor* marks() const { return m_marks; }

private:
    [[nodiscard]] Json summaryOf(const RunRecord& run) const;

    QLabel* m_title;
    RunMarksEditor* m_marks;
    QWidget* m_tabs;
    JsonTree* m_summary;
    JsonTree* m_spec;
    QPlainTextEdit* m_json;
};

} // namespace retort
