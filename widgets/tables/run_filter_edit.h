// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/run_filter.h"

#include <QLineEdit>

class QCompleter;
class QStringListModel;

namespace retort {

/// A filter while it is written: names and values are offered (Ctrl+Space asks for them), and what cannot be
/// read is said at once, while the last filter that could be stays.
class RunFilterEdit : public QLineEdit {
    Q_OBJECT
public:
    explicit RunFilterEdit(QWidget* parent = nullptr);

    /// What a filter may name; the text is read anew.
    void setFields(RunFields fields);
    [[nodiscard]] const RunFields& fields() const { return m_fields; }

Q_SIGNALS:
    void filterChanged(const retort::RunFilter& filter);
    /// One sentence with its place; empty when the text can be read.
    void problemChanged(const QString& sentence);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void read();
    void offer(bool isAsked);
    void insert(const QString& word);

    RunFields m_fields;
    QCompleter* m_completer;
    QStringListModel* m_words;
    int m_begin = 0; ///< of what a completion replaces
    int m_length = 0;
    QString m_problem;
};

} // namespace retort
