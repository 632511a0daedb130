// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/background_jobs.h"
#include "store/space.h"

#include <QDialog>

#include <map>

class QCheckBox;
class QLabel;
class QPushButton;
class QTreeWidget;

namespace retort {

/// What takes the room of a workspace, and what of it can go. It stands beside the window, and is safe beside
/// a training.
class SpaceDialog : public QDialog {
    Q_OBJECT
public:
    explicit SpaceDialog(Workspace workspace, QWidget* parent = nullptr);

protected:
    /// Looks anew.
    void showEvent(QShowEvent* event) override;

private:
    struct Survey {
        SpaceUse use;
        SpacePlan plan; ///< of all kinds
    };

    void createUse();
    QWidget* createChoices();
    QTreeWidget* createList(const QString& name, const QStringList& titles);
    void createButtons();
    void survey();
    void showSurvey(const Survey& survey);
    void showArtifacts(const SpaceUse& use);
    void showPlan();
    [[nodiscard]] SpaceChoice choice() const;
    void freeChosen();

    Workspace m_workspace;
    QLabel* m_use = nullptr;
    QTreeWidget* m_artifacts = nullptr;
    QTreeWidget* m_list = nullptr;
    std::map<SpaceKind, QCheckBox*> m_kinds;
    QLabel* m_state = nullptr;
    QPushButton* m_free = nullptr;
    SpacePlan m_plan;
    BackgroundJobs m_jobs;
};

} // namespace retort
