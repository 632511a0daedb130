// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings.h"

#include "base/files.h"

#include <QDir>

#include <algorithm>

namespace retort {
namespace {

constexpr int recent_limit = 10;

QString defaultFile() {
    const auto folder = xdg_folder("XDG_CONFIG_HOME", ".config");
    return QString::fromStdString((folder / "retort.ini").string());
}

} // namespace

Settings::Settings() : Settings(defaultFile()) {}

Settings::Settings(const QString& file) : m_settings(file, QSettings::IniFormat) {}

Theme Settings::theme() const {
    return themeOf(m_settings.value(QStringLiteral("theme")).toString());
}

void Settings::setTheme(Theme theme) {
    m_settings.setValue(QStringLiteral("theme"), themeName(theme));
}

QStringList Settings::recentWorkspaces() const {
    QStringList folders = m_settings.value(QStringLiteral("recentWorkspaces")).toStringList();
    folders.removeIf([](const QString& folder) { return !QDir(folder).exists(); });
    return folders;
}

void Settings::addRecentWorkspace(const QString& folder) {
    QStringList folders = recentWorkspaces();
    folders.removeAll(folder);
    folders.prepend(folder);
    m_settings.setValue(QStringLiteral("recentWorkspaces"),
                        QStringList(folders.mid(0, std::min<qsizetype>(folders.size(), recent_limit))));
}

bool Settings::goesOnAfterError() const {
    return m_settings.value(QStringLiteral("goesOnAfterError"), true).toBool();
}

void Settings::setGoesOnAfterError(bool goesOn) {
    m_settings.setValue(QStringLiteral("goesOnAfterError"), goesOn);
}

QString Settings::studyFolder() const {
    return m_settings.value(QStringLiteral("studyFolder"), QDir::homePath()).toString();
}

void Settings::setStudyFolder(const QString& folder) {
    m_settings.setValue(QStringLiteral("studyFolder"), folder);
}

} // namespace retort
