// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLockFile>

#include <filesystem>

namespace retort {

/// One window per workspace, as its queue belongs to one. Commands may work beside it. A lock left behind by
/// a process that is gone is taken over.
class WindowLock {
public:
    /// Throws Error{workspace} when another window has the workspace.
    explicit WindowLock(const std::filesystem::path& workspace);

private:
    QLockFile m_file;
};

} // namespace retort
