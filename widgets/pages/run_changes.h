// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/run_record.h"

#include <QObject>
#include <QStringList>
#include <QUndoStack>
#include <vector>

namespace retort {

/// What a person does to the runs of a list, so that it can be undone: marks, and the way into the bin and
/// out of it. Both signals come when it is done, undone, and done again.
class RunChanges : public QObject {
    Q_OBJECT
public:
    struct Marking {
        QString id;
        RunMarks before;
        RunMarks after;
    };
    explicit RunChanges(QObject* parent = nullptr) : QObject(parent) {}

    /// Those that change nothing are left out.
    void mark(std::vector<Marking> markings, const QString& text);
    void moveToBin(const QStringList& ids, const QString& text);
    void restore(const QStringList& ids, const QString& text);
    [[nodiscard]] QUndoStack& stack() { return m_stack; }

Q_SIGNALS:
    void marked(const QString& id, const retort::RunMarks& marks);
    void moved(const QStringList& ids, bool isInBin);

private:
    class Mark;
    class Move;
    QUndoStack m_stack;
};

} // namespace retort
