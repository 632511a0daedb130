// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/data_job_bar.h"

#include "widgets/forms/inline_message.h"
#include "widgets/forms/tool_button.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>

namespace retort {
namespace {

constexpr int steps = 1000;

} // namespace

DataJobBar::DataJobBar(QWidget* parent)
    : QWidget(parent),
      m_what(new QLabel),
      m_bar(new QProgressBar),
      m_cancel(createToolButton("cancelJob", tr("&Cancel"), tr("End it; nothing half made is left"))),
      m_message(new InlineMessage(InlineMessage::Kind::success)),
      m_undo(createToolButton("undoRemove", tr("Undo"), tr("Bring the corpus back"))),
      m_dismiss(createToolButton("dismiss", tr("Dismiss"), tr("Hide this message"))) {
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::AlternateBase);
    m_what->setObjectName(QStringLiteral("jobPhase"));
    m_what->setMinimumWidth(fontMetrics().averageCharWidth() * 44);
    m_bar->setObjectName(QStringLiteral("jobProgress"));
    m_bar->setAccessibleName(tr("Progress"));
    m_message->setObjectName(QStringLiteral("jobMessage"));
    m_message->setWordWrap(true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 4, 8, 4);
    row->addWidget(m_what);
    row->addWidget(m_bar, 1);
    row->addWidget(m_cancel);
    row->addWidget(m_message, 1);
    row->addWidget(m_undo);
    row->addWidget(m_dismiss);
    connect(m_cancel, &QToolButton::clicked, this, &DataJobBar::cancelRequested);
    connect(m_dismiss, &QToolButton::clicked, this, &QWidget::hide);
    connect(m_undo, &QToolButton::clicked, this, [this] {
        hide();
        Q_EMIT undoRequested(m_removed);
    });
    hide();
}

void DataJobBar::showParts(bool isWorking, bool canUndo) {
    m_isWorking = isWorking;
    for (QWidget* part :
         {static_cast<QWidget*>(m_what), static_cast<QWidget*>(m_bar), static_cast<QWidget*>(m_cancel)})
        part->setVisible(isWorking);
    m_undo->setVisible(canUndo);
    m_dismiss->setVisible(!isWorking);
    if (isWorking) m_message->setText({});
    show();
}

void DataJobBar::showProgress(const QString& what, double share) {
    showParts(true, false);
    m_what->setText(what);
    m_bar->setRange(0, share < 0 ? 0 : steps);
    if (share >= 0) m_bar->setValue(static_cast<int>(share * steps));
}

void DataJobBar::showEnd(const QString& sentence, bool isProblem) {
    showParts(false, false);
    m_message->setKind(isProblem ? InlineMessage::Kind::problem : InlineMessage::Kind::success);
    m_message->setText(sentence);
    if (sentence.isEmpty()) hide();
}

void DataJobBar::showRemoved(const QString& corpus) {
    m_removed = corpus;
    showParts(false, true);
    m_message->setKind(InlineMessage::Kind::success);
    m_message->setText(tr("%1 was removed; its files go when the window is closed.").arg(corpus));
}

} // namespace retort
