// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/forms/study_document.h"

#include <QWidget>

class QListWidget;

namespace retort {

class InlineMessage;

/// All problems of a study, each with its place; one is gone to by a click or by Enter.
class ProblemList : public QWidget {
    Q_OBJECT
public:
    explicit ProblemList(QWidget* parent = nullptr);

    void setProblems(const std::vector<StudyProblem>& problems);

Q_SIGNALS:
    void activated(const retort::StudyProblem& problem);

private:
    void activateRow(int row);

    QListWidget* m_list;
    InlineMessage* m_fine;
    std::vector<StudyProblem> m_problems;
};

} // namespace retort
