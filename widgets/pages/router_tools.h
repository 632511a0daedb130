// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/run_record.h"
#include "widgets/pages/tool_row.h"

class QCheckBox;
class QComboBox;

namespace retort {

/// Which router is shown. Choices stay while the lists to choose from change and still have them.
class RouterTools : public ToolRow {
    Q_OBJECT
public:
    explicit RouterTools(QWidget* parent = nullptr);

    void setStudies(const std::vector<std::string>& studies);
    /// Those of the chosen study.
    void setRuns(const std::vector<RunRecord>& runs);
    void chooseStudy(const QString& study);
    void chooseRun(const QString& id);

    [[nodiscard]] std::string study() const;
    /// Empty where there is none.
    [[nodiscard]] std::string run() const;
    [[nodiscard]] bool isForced() const;

Q_SIGNALS:
    void studyChanged();
    void runChanged();
    void forcedChanged(bool isForced);
    void rankingExportRequested();

private:
    QComboBox* m_study = nullptr;
    QComboBox* m_run = nullptr;
    QCheckBox* m_forced = nullptr;
};

} // namespace retort
