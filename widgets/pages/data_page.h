// SPDX-License-Identifier: GPL-3.0-or-later
// Corpora: what is there, what is in them, where it comes from, and how to get more.
#pragma once

#include "widgets/pages/data_source.h"

#include <QStringList>
#include <QWidget>
#include <vector>

class QComboBox;
class QPushButton;
class QStackedWidget;
class QTabWidget;

namespace retort {

class ArticlePanel;
class DataJobBar;
class DataTools;
class DomainPanel;
class ImportPanel;
class ImportReportPanel;
class LengthPanel;
class PrimaryButton;
class ProvenancePanel;
class ReportTableView;
class TokenPanel;
class VocabularyPanel;

class DataPage : public QWidget {
    Q_OBJECT
public:
    explicit DataPage(QWidget* parent = nullptr);
    ~DataPage() override;

    /// Must outlive the page or the next call; null: from nowhere.
    void setSource(DataSource* source);
    /// The corpora there are now; what is chosen and read stays where it is still there.
    void setCorpora(std::vector<ListedCorpus> corpora);
    /// Of the workspace, newest last; the newest is chosen at first.
    void setTokenizers(const std::vector<ListedTokenizer>& tokenizers);
    /// The first is offered where there is no corpus yet.
    void setRecipes(std::vector<CorpusRecipeOffer> recipes);
    /// Something is being made. `share` in [0, 1]; below 0: nobody knows.
    void setJob(const QString& what, double share);
    /// It is over. `corpus` is chosen, where it is there; empty: as it was.
    void endJob(const QString& sentence, bool isProblem, const QString& corpus = {});
    void chooseCorpus(const QString& name);
    /// Opens the form of an import with these files and folders.
    void beginImport(const QStringList& paths);

Q_SIGNALS:
    /// The study in work is to train on it.
    void designRequested(const QString& corpus, const QStringList& domains);

protected:
    void showEvent(QShowEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    QWidget* createEmpty();
    QWidget* createContent();
    void createShortcuts(QWidget* content);
    QWidget* createTabs();
    QWidget* createTokenizerChoice();
    void connectParts();
    void connectImport();
    void endImport();
    void build(const QString& recipe);
    void use();
    void remove();
    void find();
    void showChosen();
    void showPossible();
    [[nodiscard]] const ListedCorpus* chosen() const;

    DataSource* m_source = nullptr;
    std::vector<ListedCorpus> m_corpora;
    std::vector<CorpusRecipeOffer> m_recipes;
    std::vector<ListedTokenizer> m_tokenizers;
    std::string m_chosen;   ///< name
    std::string m_expected; ///< name of a corpus to choose when it is there
    bool m_isFilling = false;
    bool m_isImporting = false; ///< what is being made is what the form asked for

    DataTools* m_tools = nullptr;
    DataJobBar* m_job = nullptr;
    QStackedWidget* m_stack = nullptr;
    PrimaryButton* m_first = nullptr;     ///< builds the first recipe
    QPushButton* m_firstImport = nullptr; ///< beside it
    ImportPanel* m_import = nullptr;
    ReportTableView* m_table = nullptr;
    QTabWidget* m_tabs = nullptr;
    QComboBox* m_tokenizer = nullptr;
    DomainPanel* m_domains = nullptr;
    LengthPanel* m_lengths = nullptr;
    TokenPanel* m_tokens = nullptr;
    VocabularyPanel* m_vocabulary = nullptr;
    ArticlePanel* m_articles = nullptr;
    ProvenancePanel* m_provenance = nullptr;
    ImportReportPanel* m_report = nullptr;
};

} // namespace retort
