// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/run_changes.h"

#include <QUndoCommand>

#include <utility>

namespace retort {

class RunChanges::Mark : public QUndoCommand {
public:
    Mark(RunChanges& changes, std::vector<Marking> markings, const QString& text)
        : QUndoCommand(text), m_changes(changes), m_markings(std::move(markings)) {}

    void redo() override {
        for (const Marking& marking : m_markings)
            Q_EMIT m_changes.marked(marking.id, marking.after);
    }
    void undo() override {
        for (const Marking& marking : m_markings)
            Q_EMIT m_changes.marked(marking.id, marking.before);
    }

private:
    RunChanges& m_changes;
    std::vector<Marking> m_markings;
};

class RunChanges::Move : public QUndoCommand {
public:
    Move(RunChanges& changes, QStringList ids, bool isIntoBin, const QString& text)
        : QUndoCommand(text), m_changes(changes), m_ids(std::move(ids)), m_isIntoBin(isIntoBin) {}

    void redo() override { Q_EMIT m_changes.moved(m_ids, m_isIntoBin); }
    void undo() override { Q_EMIT m_changes.moved(m_ids, !m_isIntoBin); }

private:
    RunChanges& m_changes;
    QStringList m_ids;
    bool m_isIntoBin;
};

void RunChanges::mark(std::vector<Marking> markings, const QString& text) {
    std::erase_if(markings, [](const Marking& marking) { return marking.before == marking.after; });
    if (!markings.empty()) m_stack.push(new Mark(*this, std::move(markings), text));
}

void RunChanges::moveToBin(const QStringList& ids, const QString& text) {
    if (!ids.isEmpty()) m_stack.push(new Move(*this, ids, true, text));
}

void RunChanges::restore(const QStringList& ids, const QString& text) {
    if (!ids.isEmpty()) m_stack.push(new Move(*this, ids, false, text));
}

} // namespace retort
