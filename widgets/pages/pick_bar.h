// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/run_record.h"

#include <QWidget>
#include <vector>

class QLabel;
class QMenu;
class QToolButton;

namespace retort {

/// Says which runs the picked curve is of, and leads to them.
class PickBar : public QWidget {
    Q_OBJECT
public:
    explicit PickBar(QWidget* parent = nullptr);

    /// The runs of one curve: several of a mean, none where nothing is picked.
    void setRuns(const QString& curve, std::vector<RunRecord> runs);

Q_SIGNALS:
    void runRequested(const QString& id);
    void isolationRequested();

private:
    [[nodiscard]] QString words() const;
    void fillMenu();

    QString m_curve;
    std::vector<RunRecord> m_runs;
    QLabel* m_words;
    QToolButton* m_isolate;
    QToolButton* m_show;
    QMenu* m_menu;
};

} // namespace retort
