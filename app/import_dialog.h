// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/background_jobs.h"
#include "interchange/import_runs.h"
#include "store/workspace.h"

#include <QDialog>

#include <vector>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QTreeWidget;

namespace retort {

/// Runs that other programs have measured: which there are at a path, what they will be called, and their way
/// into the workspace. It stands beside the window, whose work goes on.
class ImportDialog : public QDialog {
    Q_OBJECT
public:
    explicit ImportDialog(Workspace workspace, QWidget* parent = nullptr);

    /// A folder to be searched, or a file.
    void setPath(const QString& path);

private:
    void createFields();
    QWidget* createPathRow();
    QWidget* createSeedRow();
    void createList();
    void createButtons();
    void chooseFolder();
    void chooseFile();
    [[nodiscard]] ImportNames names() const;
    void search();
    void showFound(std::vector<RunFiles> sources);
    void importAll();
    void importNext();
    void tell(int row, const QString& outcome);
    void refuse(const QString& sentence);
    void setBusy(bool isBusy);

    Workspace m_workspace;
    QLineEdit* m_path = nullptr;
    QLineEdit* m_study = nullptr;
    QLineEdit* m_variant = nullptr;
    QCheckBox* m_ownSeed = nullptr;
    QSpinBox* m_seed = nullptr;
    QTreeWidget* m_list = nullptr;
    QLabel* m_state = nullptr;
    QPushButton* m_import = nullptr;

    std::vector<RunFiles> m_sources;
    std::size_t m_next = 0; ///< of the sources, while they are imported
    int m_searches = 0;     ///< answers to older ones count for nothing
    int m_new = 0;
    bool m_isImporting = false;
    BackgroundJobs m_jobs;
};

} // namespace retort
