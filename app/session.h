// SPDX-License-Identifier: GPL-3.0-or-later
// Where the window was left: its place on the screen, the page, and the study in work. Kept in the XDG state
// folder, apart from what a person chose.
#pragma once

#include "spec/study_spec.h"

#include <QByteArray>
#include <QString>
#include <QVariantMap>

#include <filesystem>
#include <optional>

namespace retort {

struct StudyInWork {
    StudySpec study;
    QString file;           ///< empty: never saved
    bool modified = false;  ///< differs from the file
    QString unapplied = {}; ///< JSON text that does not parse, and so is no part of the study
};

class Session {
public:
    /// ~/.local/state/retort, or as XDG_STATE_HOME says.
    Session();
    explicit Session(std::filesystem::path folder);

    struct Window {
        QByteArray geometry;
        int page = 0;
        QByteArray runsTable;       ///< layout of the Runs page
        QVariantMap splitters = {}; ///< of all pages; see splitter_sizes.h
    };
    [[nodiscard]] Window window() const;
    void setWindow(const Window& window);

    /// The study that was in work in a workspace, with edits that reached no file. A damaged recovery file
    /// counts as none.
    [[nodiscard]] std::optional<StudyInWork> study(const std::filesystem::path& workspace) const;
    /// Written whole or not at all; nothing is thrown when the disk is full, as the file is a convenience.
    void setStudy(const std::filesystem::path& workspace, const StudyInWork& study) noexcept;

private:
    [[nodiscard]] std::filesystem::path recoveryFile(const std::filesystem::path& workspace) const;

    std::filesystem::path m_folder;
};

} // namespace retort
