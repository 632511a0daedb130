// SPDX-License-Identifier: GPL-3.0-or-later
// The report of a study or of chosen runs: looked at page by page as it will be printed, and taken away.
#pragma once

#include "report/document.h"
#include "spec/run_record.h"

#include <QStringList>
#include <QWidget>
#include <optional>
#include <string>
#include <vector>

class QLabel;
class QStackedWidget;

namespace retort {

class ReportPreview;
struct ReportReading;
class ReportSource;
class ReportTools;

class ReportPage : public QWidget {
    Q_OBJECT
public:
    explicit ReportPage(QWidget* parent = nullptr);
    ~ReportPage() override;

    /// It must outlive the page or be taken away by nullptr.
    void setSource(ReportSource* source);
    /// The runs there are now; their studies can be chosen once one of their runs is finished.
    void setRuns(const std::vector<RunRecord>& runs);
    void updateRun(const RunRecord& run);

    void reportStudy(const QString& study);
    /// Finished runs by their ids, until a study is chosen.
    void reportRuns(const QStringList& ids);

    /// What is shown; none while nothing is.
    [[nodiscard]] const std::optional<ReportDocument>& document() const { return m_document; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    void createParts();
    void connectParts();
    void chooseStudies();
    void ask();
    void showReading(const std::vector<std::string>& names, const ReportReading& reading);
    void askAndExport();
    void startExport(const QString& file);
    void tell(const QString& sentence);

    ReportSource* m_source = nullptr;
    ReportTools* m_tools = nullptr;
    QStackedWidget* m_stack = nullptr;
    QLabel* m_message = nullptr; ///< why there is no report
    ReportPreview* m_preview = nullptr;
    std::vector<std::string> m_studies; ///< that have finished runs
    std::vector<std::string> m_names;   ///< asked for
    std::optional<ReportDocument> m_document;
    bool m_isStale = true;
};

} // namespace retort
