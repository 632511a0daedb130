// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/run_filter_edit.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QScrollBar>
#include <QStringListModel>

#include <utility>

namespace retort {
namespace {

constexpr std::size_t mostOffered = 40;

} // namespace

RunFilterEdit::RunFilterEdit(QWidget* parent)
    : QLineEdit(parent), m_completer(new QCompleter(this)), m_words(new QStringListModel(this)) {
    setObjectName(QStringLiteral("filter"));
    setAccessibleName(tr("Filter"));
    setPlaceholderText(tr("perplexity.de < 40 and alpha.mode = adaptive, or a part of a name"));
    setToolTip(tr("Words that a run is called, or comparisons of any field or metric by = != < <= > >= and ~ "
                  "(contains), joined by and, or, not and brackets. Ctrl+Space offers names and values."));
    setClearButtonEnabled(true);
    m_completer->setModel(m_words);
    m_completer->setWidget(this);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    connect(m_completer, qOverload<const QString&>(&QCompleter::activated), this, &RunFilterEdit::insert);
    connect(this, &QLineEdit::textChanged, this, &RunFilterEdit::read);
    connect(this, &QLineEdit::textEdited, this, [this] { offer(false); });
}

void RunFilterEdit::setFields(RunFields fields) {
    m_fields = std::move(fields);
    if (!text().isEmpty()) read();
}

void RunFilterEdit::read() {
    const QByteArray bytes = text().toUtf8();
    FilterReading reading = read_run_filter(bytes.toStdString(), m_fields);
    QString problem;
    if (reading.problem) {
        const auto place =
            QString::fromUtf8(bytes.left(static_cast<qsizetype>(reading.problem->place))).size();
        problem = tr("Character %1: %2").arg(place + 1).arg(QString::fromStdString(reading.problem->message));
    } else {
        Q_EMIT filterChanged(reading.filter);
    }
    if (problem != std::exchange(m_problem, problem)) Q_EMIT problemChanged(problem);
}

void RunFilterEdit::offer(bool isAsked) {
    const QString before = text().left(cursorPosition());
    const QByteArray bytes = text().toUtf8();
    FilterCompletion completion =
        complete_run_filter(bytes.toStdString(), static_cast<std::size_t>(before.toUtf8().size()), m_fields);
    if (isAsked && completion.words.empty() && completion.length == 0)
        for (const RunField& field : m_fields.all())
            completion.words.push_back(field.path);
    else if (completion.words.size() > mostOffered)
        completion.words.resize(mostOffered);
    QStringList words;
    for (const std::string& word : completion.words)
        words << QString::fromStdString(word);
    m_begin =
        static_cast<int>(QString::fromUtf8(bytes.left(static_cast<qsizetype>(completion.begin))).size());
    m_length = static_cast<int>(before.size()) - m_begin;
    const bool isWritten = words.size() == 1 && words.front() == before.mid(m_begin);
    m_words->setStringList(words);
    if (words.isEmpty() || isWritten) return m_completer->popup()->hide();
    QRect place = cursorRect();
    place.setWidth(m_completer->popup()->sizeHintForColumn(0) +
                   m_completer->popup()->verticalScrollBar()->sizeHint().width() + 12);
    m_completer->complete(place);
}

void RunFilterEdit::insert(const QString& word) {
    setText(text().replace(m_begin, m_length, word));
    setCursorPosition(m_begin + static_cast<int>(word.size()));
}

void RunFilterEdit::keyPressEvent(QKeyEvent* event) {
    if (m_completer->popup()->isVisible()) {
        switch (event->key()) {
        case Qt::Key_Enter:
        case Qt::Key_Return:
        case Qt::Key_Escape:
        case Qt::Key_Tab:
        case Qt::Key_Backtab:
            event->ignore(); // the list of words takes it
            return;
        default:
            break;
        }
    }
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::ControlModifier) return offer(true);
    QLineEdit::keyPressEvent(event);
}

} // namespace retort
