// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QList>
#include <QString>
#include <QToolButton>

class QLineEdit;

namespace retort {

/// Filters that a person has given a name, in a menu beside the filter.
class SavedFilters : public QToolButton {
    Q_OBJECT
public:
    /// `filter` must outlive it.
    explicit SavedFilters(QLineEdit* filter, QWidget* parent = nullptr);

    /// A filter of the same name is replaced.
    void save(const QString& name, const QString& filter);
    void remove(const QString& name);
    [[nodiscard]] QStringList names() const;

    /// For the settings: [{"name": …, "filter": …}, …].
    [[nodiscard]] QJsonArray toJson() const;
    /// Entries that are no filters are left out.
    void restore(const QJsonArray& filters);

private:
    struct Saved {
        QString name;
        QString filter;
    };
    void fillMenu();
    void askForName();

    QLineEdit* m_filter;
    QList<Saved> m_saved; ///< by name
};

} // namespace retort
