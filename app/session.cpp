// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session.h"

#include "base/error.h"
#include "base/files.h"
#include "base/sha256.h"

#include <QSettings>

#include <utility>

namespace retort {
namespace {

QString windowFile(const std::filesystem::path& folder) {
    return QString::fromStdString((folder / "window.ini").string());
}

/// A form in the middle of an edit may hold what check() refuses, so that the parts are read one by one.
StudySpec read_loosely(const Json& json) {
    StudySpec study;
    study.name = json.value("name", "");
    study.title = json.value("title", "");
    study.seeds = json.value("seeds", study.seeds);
    study.base = json.value("base", Json::object());
    const Json variants = json.value("variants", Json::object());
    for (const auto& [name, patch] : variants.items())
        study.variants.emplace_back(name, patch);
    return study;
}

} // namespace

Session::Session() : Session(xdg_folder("XDG_STATE_HOME", ".local/state")) {}

Session::Session(std::filesystem::path folder) : m_folder(std::move(folder)) {}

Session::Window Session::window() const {
    const QSettings settings(windowFile(m_folder), QSettings::IniFormat);
    return {settings.value(QStringLiteral("geometry")).toByteArray(),
            settings.value(QStringLiteral("page")).toInt(),
            settings.value(QStringLiteral("runsTable")).toByteArray(),
            settings.value(QStringLiteral("splitters")).toMap()};
}

void Session::setWindow(const Window& window) {
    QSettings settings(windowFile(m_folder), QSettings::IniFormat);
    settings.setValue(QStringLiteral("geometry"), window.geometry);
    settings.setValue(QStringLiteral("page"), window.page);
    settings.setValue(QStringLiteral("runsTable"), window.runsTable);
    settings.setValue(QStringLiteral("splitters"), window.splitters);
}

std::optional<StudyInWork> Session::study(const std::filesystem::path& workspace) const {
    try {
        const Json json = Json::parse(read_file(recoveryFile(workspace)));
        return StudyInWork{
            read_loosely(json.at("study")), QString::fromStdString(json.at("file").get<std::string>()),
            json.at("modified").get<bool>(), QString::fromStdString(json.value("unapplied", ""))};
    } catch (const std::exception&) {
        return {};
    }
}

void Session::setStudy(const std::filesystem::path& workspace, const StudyInWork& study) noexcept {
    try {
        const Json json = {{"file", study.file.toStdString()},
                           {"modified", study.modified},
                           {"unapplied", study.unapplied.toStdString()},
                           {"study", to_json(study.study)}};
        std::filesystem::create_directories(m_folder / "studies");
        write_file_atomically(recoveryFile(workspace), json.dump(2));
    } catch (const std::exception& error) {
        qWarning("The study in work could not be kept: %s", error.what());
    }
}

std::filesystem::path Session::recoveryFile(const std::filesystem::path& workspace) const {
    const std::string key = std::filesystem::weakly_canonical(workspace).string();
    return m_folder / "studies" / (sha256_of(key).substr(0, 16) + ".json");
}

} // namespace retort
