// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/study_spec.h"

#include <QString>
#include <QWidget>

#include <memory>

class QUndoStack;

namespace retort {

struct StudyProblem;

/// Where a study is made: its variants, the form of the chosen one, its formula, its models, its problems and
/// the file as text.
///
/// Run (Ctrl+R), Save (Ctrl+S), Undo and Redo are among actions(), for a window's menus; their shortcuts work
/// within the page.
class DesignPage : public QWidget {
    Q_OBJECT
public:
    explicit DesignPage(QWidget* parent = nullptr);
    ~DesignPage() override;

    /// Replaces what is there and forgets the history. `fileName` is shown only.
    void setStudy(const StudySpec& study, const QString& fileName = {});
    /// What could be read of what is there; whole whenever a run or a save was asked for.
    [[nodiscard]] StudySpec study() const;
    [[nodiscard]] bool isModified() const;
    /// JSON text that does not parse, and so is no part of the study; empty: none.
    [[nodiscard]] QString unappliedText() const;
    /// Puts such a text before the person again.
    void setUnappliedText(const QString& text);
    /// After the study was saved.
    void markSaved(const QString& fileName);
    /// The base is to train on these domains of this corpus; goes to the fields.
    void setCorpus(const std::string& corpus, const std::vector<std::string>& domains);
    /// Time and memory, one line, in the footer.
    void setEstimate(const QString& text);

    [[nodiscard]] QUndoStack* undoStack();

Q_SIGNALS:
    /// Only while the study has no problems.
    void runRequested(const retort::StudySpec& study);
    /// Anything changed, also by undo and by setStudy().
    void studyEdited();
    void saveRequested(const retort::StudySpec& study);
    void modifiedChanged(bool modified);

private:
    struct Parts;

    void createLayout();
    QWidget* createTopBar();
    QWidget* createVariants();
    QWidget* createCentre();
    QWidget* createSide();
    QWidget* createFooter();
    void createActions();
    void connectForm();
    void showStudy();
    void showRun();
    void showReadiness();
    void showFile(const QString& fileName);
    void goTo(const StudyProblem& problem);
    void run();
    void save();

    std::unique_ptr<Parts> m;
};

} // namespace retort
