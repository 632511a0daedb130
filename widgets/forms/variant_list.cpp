// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/variant_list.h"

#include "widgets/forms/symbol_icon.h"
#include "widgets/forms/two_line_delegate.h"

#include <QAction>
#include <QHBoxLayout>
#include <QListWidget>
#include <QSignalBlocker>
#include <QToolButton>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

namespace retort {
namespace {

/// The name in the document, whatever the text in the list is being edited to.
constexpr int name_role = Qt::UserRole;

} // namespace

VariantList::VariantList(StudyDocument& document, QWidget* parent) : QWidget(parent), m_document(document) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(6);
    createList();
    layout->addWidget(m_list, 1);
    layout->addWidget(createButtons());
    connect(&m_document, &StudyDocument::changed, this, &VariantList::refresh);
    refresh();
}

void VariantList::createList() {
    m_list = new QListWidget(this);
    m_list->setObjectName(QStringLiteral("variants"));
    m_list->setAccessibleName(tr("Base and variants"));
    m_list->setItemDelegate(new TwoLineDelegate(m_list));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    // Queued: the list changes with the document, and its editor must be closed by then.
    connect(m_list, &QListWidget::itemChanged, this, [this](const QListWidgetItem* item) {
        const QString from = item->data(name_role).toString();
        const QString to = item->text().trimmed();
        if (to != from)
            QMetaObject::invokeMethod(
                this, [this, from, to] { rename(from, to); }, Qt::QueuedConnection);
    });
    connect(m_list, &QListWidget::currentRowChanged, this, [this] {
        updateActions();
        Q_EMIT selected();
    });
}

QWidget* VariantList::createButtons() {
    auto* bar = new QWidget(this);
    m_buttons = new QHBoxLayout(bar);
    m_buttons->setContentsMargins({});
    m_buttons->setSpacing(2);
    addAction("add", tr("Add a variant"), Qt::Key_Insert, &VariantList::addVariant);
    addAction("duplicate", tr("Duplicate"), QKeySequence(tr("Ctrl+D")), &VariantList::duplicateVariant);
    m_rename = addAction("rename", tr("Rename"), Qt::Key_F2, &VariantList::startRenaming);
    m_remove = addAction("remove", tr("Remove"), QKeySequence::Delete, &VariantList::removeVariant);
    m_buttons->addStretch();
    return bar;
}

QAction* VariantList::addAction(const char* icon, const QString& text, const QKeySequence& shortcut,
                                void (VariantList::*slot)()) {
    auto* action = new QAction(symbolIcon(icon), text, this);
    action->setObjectName(QLatin1String(icon) + QStringLiteral("Variant"));
    action->setShortcut(shortcut);
    action->setShortcutContext(Qt::WidgetShortcut);
    action->setToolTip(QStringLiteral("%1 (%2)").arg(text, shortcut.toString(QKeySequence::NativeText)));
    m_list->addAction(action);
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(action, &QAction::triggered, this, slot);
    auto* button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    button->setAccessibleName(text);
    m_buttons->addWidget(button);
    return action;
}

VariantName VariantList::current() const {
    const QListWidgetItem* item = m_list->currentItem();
    if (item == nullptr || m_list->row(item) == 0) return {};
    return item->data(name_role).toString().toStdString();
}

void VariantList::select(const VariantName& variant) {
    const QString wanted = QString::fromStdString(variant.value_or(std::string()));
    for (int row = variant ? 1 : 0; row < m_list->count(); ++row)
        if (!variant || m_list->item(row)->data(name_role).toString() == wanted)
            return m_list->setCurrentRow(row);
}

void VariantList::refresh() {
    const VariantName before = current();
    const int row = m_list->currentRow();
    std::set<std::string> wrong;
    bool isBaseWrong = false;
    for (const StudyProblem& problem : m_document.problems()) {
        if (problem.where == StudyProblem::Where::variant) wrong.insert(problem.variant);
        isBaseWrong = isBaseWrong || problem.where == StudyProblem::Where::base;
    }
    {
        const QSignalBlocker blocker(m_list);
        const std::vector<std::string> names = m_document.variants();
        setCount(static_cast<int>(names.size()) + 1);
        fill(0, tr("Base"), tr("what all variants share"), isBaseWrong);
        for (std::size_t i = 0; i < names.size(); ++i)
            fill(static_cast<int>(i) + 1, QString::fromStdString(names[i]), caption(names[i]),
                 wrong.contains(names[i]));
        m_list->setCurrentRow(std::clamp(row, 0, m_list->count() - 1));
        select(before);
    }
    updateActions();
    if (current() != before) Q_EMIT selected();
}

QString VariantList::caption(const std::string& variant) const {
    const QStringList lines = m_document.differences(variant);
    return lines.isEmpty() ? tr("the same as the base") : lines.join(QStringLiteral("; "));
}

void VariantList::setCount(int count) {
    while (m_list->count() > count)
        delete m_list->takeItem(m_list->count() - 1);
    while (m_list->count() < count) {
        auto* item = new QListWidgetItem(m_list);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable |
                       (m_list->count() > 1 ? Qt::ItemIsEditable : Qt::NoItemFlags));
    }
}

void VariantList::fill(int row, const QString& name, const QString& caption, bool isWrong) {
    QListWidgetItem* item = m_list->item(row);
    item->setText(name);
    item->setData(name_role, name);
    item->setData(TwoLineDelegate::caption_role, caption);
    item->setData(TwoLineDelegate::problem_role, isWrong);
    item->setData(Qt::AccessibleDescriptionRole, isWrong ? tr("has problems; %1").arg(caption) : caption);
    item->setToolTip(caption);
}

void VariantList::rename(const QString& from, const QString& to) {
    if (!to.isEmpty() && m_document.renameVariant(from.toStdString(), to.toStdString())) return;
    const QString reason =
        to.isEmpty() ? tr("A variant needs a name.") : tr("There is a variant %1.").arg(to);
    QToolTip::showText(m_list->mapToGlobal(m_list->visualItemRect(m_list->currentItem()).bottomLeft()),
                       reason, m_list);
    refresh();
}

void VariantList::updateActions() {
    m_rename->setEnabled(current().has_value());
    m_remove->setEnabled(current().has_value());
}

void VariantList::addVariant() {
    select(m_document.addVariant());
}

void VariantList::duplicateVariant() {
    select(m_document.duplicateVariant(current()));
}

void VariantList::startRenaming() {
    m_list->editItem(m_list->currentItem());
}

void VariantList::removeVariant() {
    if (const VariantName variant = current()) m_document.removeVariant(*variant);
}

} // namespace retort
