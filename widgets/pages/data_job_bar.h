// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;
class QToolButton;

namespace retort {

class InlineMessage;

/// What is being made, how far it is, and what came of it, in a strip that is hidden while there is nothing
/// to say.
class DataJobBar : public QWidget {
    Q_OBJECT
public:
    explicit DataJobBar(QWidget* parent = nullptr);

    /// `share` in [0, 1]; below 0: nobody knows.
    void showProgress(const QString& what, double share);
    void showEnd(const QString& sentence, bool isProblem);
    /// With a button that brings it back.
    void showRemoved(const QString& corpus);
    [[nodiscard]] bool isWorking() const { return m_isWorking; }

Q_SIGNALS:
    void cancelRequested();
    void undoRequested(const QString& corpus);

private:
    void showParts(bool isWorking, bool canUndo);

    bool m_isWorking = false;
    QString m_removed;
    QLabel* m_what;
    QProgressBar* m_bar;
    QToolButton* m_cancel;
    InlineMessage* m_message;
    QToolButton* m_undo;
    QToolButton* m_dismiss;
};

} // namespace retort
