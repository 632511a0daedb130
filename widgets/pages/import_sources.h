// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/import_spec.h"
#include "spec/run_spec_json.h"

#include <QStringList>
#include <QWidget>
#include <vector>

class QScrollArea;
class QToolButton;

namespace retort {

class FormSection;
class InlineMessage;
class ReportTableView;

/// A source as a file or folder suggests it: the domain by its name ("fr", "train.fr.jsonl", "py").
[[nodiscard]] ImportSource suggestedSource(const QString& path);

/// The sources of an import: a list that takes files and folders, and the fields of the chosen one.
class ImportSources : public QWidget {
    Q_OBJECT
public:
    explicit ImportSources(QWidget* parent = nullptr);

    /// Values as a form keeps them, right or wrong: an array of objects.
    void setSources(const Json& sources);
    [[nodiscard]] const Json& sources() const { return m_sources; }
    void add(const QStringList& paths);
    /// Those of "/sources" and below; others are passed over.
    void showProblems(const std::vector<Problem>& problems);

Q_SIGNALS:
    void edited();

private:
    QWidget* createTools();
    QWidget* createFields();
    void chooseFiles();
    void chooseFolder();
    void removeChosen();
    void setField(const std::string& pointer, const Json& value);
    void showList();
    void showFields();
    [[nodiscard]] int chosen() const;

    Json m_sources = Json::array();
    std::vector<Problem> m_problems;
    ReportTableView* m_list = nullptr;
    InlineMessage* m_problem = nullptr; ///< of the list as a whole
    QToolButton* m_remove = nullptr;
    FormSection* m_fields = nullptr;
    QScrollArea* m_scroll = nullptr;
};

} // namespace retort
