// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/forms/study_document.h"

#include <QWidget>

class QAction;
class QHBoxLayout;
class QListWidget;

namespace retort {

/// The base and the variants of a study, each with what it changes, and the actions on them. Edits the
/// document itself; the page follows by selected().
class VariantList : public QWidget {
    Q_OBJECT
public:
    explicit VariantList(StudyDocument& document, QWidget* parent = nullptr);

    /// Nothing is the base.
    [[nodiscard]] VariantName current() const;
    void select(const VariantName& variant);
    /// Follows the document.
    void refresh();

Q_SIGNALS:
    void selected();

private:
    void createList();
    QWidget* createButtons();
    QAction* addAction(const char* icon, const QString& text, const QKeySequence& shortcut,
                       void (VariantList::*slot)());
    [[nodiscard]] QString caption(const std::string& variant) const;
    void setCount(int count);
    void fill(int row, const QString& name, const QString& caption, bool isWrong);
    void rename(const QString& from, const QString& to);
    void updateActions();
    void addVariant();
    void duplicateVariant();
    void startRenaming();
    void removeVariant();

    StudyDocument& m_document;
    QListWidget* m_list = nullptr;
    QAction* m_rename = nullptr;
    QAction* m_remove = nullptr;
    QHBoxLayout* m_buttons = nullptr;
};

} // namespace retort
