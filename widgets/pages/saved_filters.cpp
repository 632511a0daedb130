// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/saved_filters.h"

#include <QInputDialog>
#include <QJsonObject>
#include <QLineEdit>
#include <QMenu>
#include <algorithm>

namespace retort {

SavedFilters::SavedFilters(QLineEdit* filter, QWidget* parent) : QToolButton(parent), m_filter(filter) {
    setObjectName(QStringLiteral("savedFilters"));
    setText(tr("&Saved"));
    setToolTip(tr("Filters that you have given a name"));
    setFocusPolicy(Qt::StrongFocus);
    setPopupMode(QToolButton::InstantPopup);
    setMenu(new QMenu(this));
    connect(menu(), &QMenu::aboutToShow, this, &SavedFilters::fillMenu);
}

void SavedFilters::fillMenu() {
    menu()->clear();
    for (const Saved& saved : m_saved) {
        QAction* action = menu()->addAction(QString(saved.name).replace(u'&', QStringLiteral("&&")));
        action->setToolTip(saved.filter);
        connect(action, &QAction::triggered, m_filter,
                [this, text = saved.filter] { m_filter->setText(text); });
    }
    if (!m_saved.isEmpty()) menu()->addSeparator();
    menu()
        ->addAction(tr("&Save this filter…"), this, &SavedFilters::askForName)
        ->setEnabled(!m_filter->text().trimmed().isEmpty());
    QMenu* removing = menu()->addMenu(tr("&Remove"));
    removing->setEnabled(!m_saved.isEmpty());
    for (const Saved& saved : m_saved)
        removing->addAction(QString(saved.name).replace(u'&', QStringLiteral("&&")), this,
                            [this, name = saved.name] { remove(name); });
}

void SavedFilters::askForName() {
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save Filter"));
    dialog->setLabelText(tr("Name of the filter:"));
    dialog->setTextValue(m_filter->text());
    connect(dialog, &QInputDialog::textValueSelected, this,
            [this, filter = m_filter->text()](const QString& name) { save(name, filter); });
    dialog->open();
}

void SavedFilters::save(const QString& name, const QString& filter) {
    const QString tidy = name.simplified();
    if (tidy.isEmpty() || filter.trimmed().isEmpty()) return;
    remove(tidy);
    m_saved.append({tidy, filter});
    std::ranges::sort(m_saved,
                      [](const Saved& a, const Saved& b) { return a.name.localeAwareCompare(b.name) < 0; });
}

void SavedFilters::remove(const QString& name) {
    m_saved.removeIf([&](const Saved& saved) { return saved.name == name; });
}

QStringList SavedFilters::names() const {
    QStringList names;
    for (const Saved& saved : m_saved)
        names << saved.name;
    return names;
}

QJsonArray SavedFilters::toJson() const {
    QJsonArray filters;
    for (const Saved& saved : m_saved)
        filters.append(QJsonObject{{"name", saved.name}, {"filter", saved.filter}});
    return filters;
}

void SavedFilters::restore(const QJsonArray& filters) {
    m_saved.clear();
    for (const QJsonValue& value : filters)
        save(value[QLatin1String("name")].toString(), value[QLatin1String("filter")].toString());
}

} // namespace retort
