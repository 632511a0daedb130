// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/run_record.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QToolButton;

namespace retort {

/// Name, tags, star and note of a run. A change is told when its field is left or Enter is pressed.
class RunMarksEditor : public QWidget {
    Q_OBJECT
public:
    explicit RunMarksEditor(QWidget* parent = nullptr);

    /// What is being written stays when the same run is shown again.
    void show(const RunRecord& run);
    void editName();
    void editTags();
    void editNote();

Q_SIGNALS:
    void edited(const QString& id, const retort::RunMarks& marks);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void createFields();
    void fill();
    void tell();

    QString m_id;
    RunMarks m_marks; ///< as they were shown
    QToolButton* m_star;
    QLineEdit* m_name;
    QLineEdit* m_tags;
    QPlainTextEdit* m_note;
};

} // namespace retort
