// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/problem_list.h"

#include "widgets/forms/field_index.h"
#include "widgets/forms/inline_message.h"
#include "widgets/forms/two_line_delegate.h"

#include <QListWidget>
#include <QVBoxLayout>

namespace retort {
namespace {

QString placeOf(const StudyProblem& problem) {
    const QString field = FieldIndex::instance().label(problem.pointer);
    if (problem.where == StudyProblem::Where::study)
        return field.isEmpty() ? ProblemList::tr("The study") : ProblemList::tr("Study %1").arg(field);
    const QString run = problem.where == StudyProblem::Where::base ? ProblemList::tr("Base")
                                                                   : QString::fromStdString(problem.variant);
    return field.isEmpty() ? run : QStringLiteral("%1 › %2").arg(run, field);
}

} // namespace

ProblemList::ProblemList(QWidget* parent)
    : QWidget(parent),
      m_list(new QListWidget(this)),
      m_fine(new InlineMessage(InlineMessage::Kind::success, this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_fine);
    layout->addWidget(m_list, 1);
    layout->addStretch();
    m_list->setObjectName(QStringLiteral("problems"));
    m_list->setAccessibleName(tr("Problems of the study"));
    m_list->setItemDelegate(new TwoLineDelegate(m_list));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->viewport()->setAutoFillBackground(false);
    m_fine->setText(tr("None. The study can run."));
    const auto activate = [this](const QListWidgetItem* item) { activateRow(m_list->row(item)); };
    connect(m_list, &QListWidget::itemClicked, this, activate);
    connect(m_list, &QListWidget::itemActivated, this, activate);
}

void ProblemList::setProblems(const std::vector<StudyProblem>& problems) {
    m_problems = problems;
    m_list->clear();
    for (const StudyProblem& problem : problems) {
        const QString message = QString::fromStdString(problem.message);
        auto* item = new QListWidgetItem(placeOf(problem), m_list);
        item->setData(TwoLineDelegate::caption_role, message);
        item->setData(TwoLineDelegate::problem_role, true);
        item->setData(Qt::AccessibleDescriptionRole, message);
        item->setToolTip(placeOf(problem) + QStringLiteral(" ") + message);
    }
    m_list->setVisible(!problems.empty());
    m_fine->setVisible(problems.empty());
}

void ProblemList::activateRow(int row) {
    const auto place = static_cast<std::size_t>(row);
    if (row >= 0 && place < m_problems.size()) Q_EMIT activated(StudyProblem(m_problems[place]));
}

} // namespace retort
