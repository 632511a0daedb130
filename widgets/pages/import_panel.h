// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/import_report.h"
#include "spec/import_spec_json.h"

#include <QStringList>
#include <QWidget>
#include <set>
#include <vector>

class QLabel;
class QPushButton;
class QTabWidget;
class QToolButton;

namespace retort {

class ImportReportPanel;
class ImportSources;
class PrimaryButton;
class SpecForm;

/// Where an import is put together: its sources, how they are cleaned, split and balanced, with problems
/// beside the fields, and a look at what would come of it.
class ImportPanel : public QWidget {
    Q_OBJECT
public:
    explicit ImportPanel(QWidget* parent = nullptr);

    /// Begins anew. Files and folders become sources; the corpus is named after the first.
    void begin(const QStringList& paths);
    void add(const QStringList& paths);
    /// Names that are taken: an import replaces the corpus of its name.
    void setTaken(std::set<std::string> names) { m_taken = std::move(names); }
    /// Whose folder is proposed where amounts are counted in tokens; empty: none.
    void setTokenizer(const std::string& folder) { m_tokenizer = folder; }
    /// Nothing can be asked for while something is being made.
    void setPossible(bool canMake);
    void showPreview(const ImportReport& report);
    [[nodiscard]] const ImportSpec& spec() const { return m_spec; }

Q_SIGNALS:
    void previewRequested(const retort::ImportSpec& spec);
    void importRequested(const retort::ImportSpec& spec);
    void closed();

private:
    QWidget* createContent();
    QWidget* createFooter();
    void connectForm();
    void setField(const std::string& pointer, const Json& value);
    void takeSources();
    void refresh();
    void showOutlook(const std::vector<Problem>& problems);

    Json m_json; ///< as it was edited, right or wrong
    ImportSpec m_spec;
    std::set<std::string> m_taken;
    std::string m_tokenizer;
    bool m_canMake = true;
    ImportSources* m_sources = nullptr;
    SpecForm* m_form = nullptr;
    ImportReportPanel* m_report = nullptr;
    QTabWidget* m_tabs = nullptr;
    QLabel* m_outlook = nullptr;
    QPushButton* m_preview = nullptr;
    PrimaryButton* m_import = nullptr;
};

} // namespace retort
