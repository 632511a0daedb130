// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/theme.h"

#include <QSettings>
#include <QStringList>

namespace retort {

/// What a person chose, kept in an INI file of the XDG configuration folder. Each change is kept at once.
class Settings {
public:
    /// ~/.config/retort/retort.ini, or as XDG_CONFIG_HOME says.
    Settings();
    explicit Settings(const QString& file);

    [[nodiscard]] Theme theme() const;
    void setTheme(Theme theme);

    /// The newest first; folders that are gone are left out.
    [[nodiscard]] QStringList recentWorkspaces() const;
    void addRecentWorkspace(const QString& folder);

    /// Whether the queue goes on when a run has failed.
    [[nodiscard]] bool goesOnAfterError() const;
    void setGoesOnAfterError(bool goesOn);

    /// Where the last file dialog stood.
    [[nodiscard]] QString studyFolder() const;
    void setStudyFolder(const QString& folder);

private:
    QSettings m_settings;
};

} // namespace retort
