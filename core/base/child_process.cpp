// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/child_process.h"

#include "base/error.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sstream>
#include <string_view>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

extern char** environ;

namespace retort {
namespace {

constexpr int grace_ms = 2000; ///< from SIGTERM to SIGKILL

class Pipe {
public:
    Pipe() {
        if (::pipe2(ends_.data(), O_CLOEXEC) != 0)
            throw Error(ErrorKind::internal,
                        std::string("Cannot make a pipe: ") + std::strerror(errno) + ".");
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    ~Pipe() {
        close_write_end();
        ::close(ends_[0]);
    }
    void close_write_end() {
        if (ends_[1] >= 0) ::close(ends_[1]);
        ends_[1] = -1;
    }
    [[nodiscard]] int read_end() const { return ends_[0]; }
    [[nodiscard]] int write_end() const { return ends_[1]; }

private:
    std::array<int, 2> ends_{};
};

/// Cuts what comes through a pipe into lines.
class LineSplitter {
public:
    explicit LineSplitter(std::function<void(const std::string&)> line) : line_(std::move(line)) {}

    /// False at the end of the pipe.
    bool read_from(int descriptor) {
        std::array<char, 4096> bytes;
        const ssize_t count = ::read(descriptor, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) return true;
        if (count > 0) take({bytes.data(), static_cast<std::size_t>(count)});
        if (count <= 0 && !pending_.empty()) line_(std::exchange(pending_, {}));
        return count > 0;
    }

private:
    void take(std::string_view text) {
        for (const char c : text) {
            if (c != '\n')
                pending_ += c;
            else
                line_(std::exchange(pending_, {}));
        }
    }

    std::function<void(const std::string&)> line_;
    std::string pending_;
};

/// In a process group of its own, so that a stop reaches what the program starts, and with no signal blocked.
class SpawnSettings {
public:
    SpawnSettings(const Pipe& out, const Pipe& err) {
        ::posix_spawn_file_actions_init(&files);
        ::posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_adddup2(&files, out.write_end(), STDOUT_FILENO);
        ::posix_spawn_file_actions_adddup2(&files, err.write_end(), STDERR_FILENO);
        sigset_t none, defaults;
        ::sigemptyset(&none);
        ::sigemptyset(&defaults);
        for (const int signal : {SIGPIPE, SIGINT, SIGTERM})
            ::sigaddset(&defaults, signal);
        ::posix_spawnattr_init(&attributes);
        ::posix_spawnattr_setpgroup(&attributes, 0);
        ::posix_spawnattr_setsigmask(&attributes, &none);
        ::posix_spawnattr_setsigdefault(&attributes, &defaults);
        ::posix_spawnattr_setflags(&attributes,
                                   POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    SpawnSettings(const SpawnSettings&) = delete;
    SpawnSettings& operator=(const SpawnSettings&) = delete;
    ~SpawnSettings() {
        ::posix_spawn_file_actions_destroy(&files);
        ::posix_spawnattr_destroy(&attributes);
    }

    posix_spawn_file_actions_t files{};
    posix_spawnattr_t attributes{};
};

pid_t spawn(const std::vector<std::string>& command, const Pipe& out, const Pipe& err) {
    std::vector<char*> arguments;
    for (const std::string& argument : command)
        arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);
    const SpawnSettings settings(out, err);
    pid_t pid = 0;
    const int failed =
        ::posix_spawn(&pid, arguments[0], &settings.files, &settings.attributes, arguments.data(), environ);
    if (failed != 0)
        throw Error(ErrorKind::data, "Cannot run " + command.front() + ": " + std::strerror(failed) +
                                         "; check that it is installed.");
    return pid;
}

int wait_for(pid_t pid) {
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/// Reads both pipes until the program has closed them. True when it ended because a byte came through `stop`.
bool read_until_end(pid_t pid, int stop, int out, LineSplitter& out_lines, int err, LineSplitter& err_lines) {
    std::array<pollfd, 3> polled{{{stop, POLLIN, 0}, {out, POLLIN, 0}, {err, POLLIN, 0}}};
    bool stopped = false;
    while (polled[1].fd >= 0 || polled[2].fd >= 0) {
        const int ready = ::poll(polled.data(), polled.size(), stopped ? grace_ms : -1);
        if (ready == 0) break;
        if (ready < 0) continue; // interrupted by a signal
        if (polled[0].revents != 0) {
            stopped = true;
            polled[0].fd = -1;
            ::kill(-pid, SIGTERM);
        }
        if (polled[1].revents != 0 && !out_lines.read_from(out)) polled[1].fd = -1;
        if (polled[2].revents != 0 && !err_lines.read_from(err)) polled[2].fd = -1;
    }
    if (stopped) ::kill(-pid, SIGKILL);
    return stopped;
}

/// Ends the program and collects it also when a callback throws.
class Child {
public:
    explicit Child(pid_t pid) : pid_(pid) {}
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() {
        if (pid_ == 0) return;
        ::kill(-pid_, SIGKILL);
        wait_for(pid_);
    }
    [[nodiscard]] pid_t pid() const { return pid_; }
    int wait() { return wait_for(std::exchange(pid_, 0)); }

private:
    pid_t pid_;
};

} // namespace

ChildResult run_child(const std::vector<std::string>& command,
                      const std::function<void(const std::string&)>& line, std::stop_token stop) {
    Pipe out, err, stopping;
    Child child(spawn(command, out, err));
    out.close_write_end();
    err.close_write_end();
    const std::stop_callback wake(stop, [&stopping] { (void)!::write(stopping.write_end(), "", 1); });
    ChildResult result;
    LineSplitter out_lines(line);
    LineSplitter err_lines([&result](const std::string& text) {
        if (text.find_first_not_of(" \t\r") != std::string::npos) result.last_error = text;
    });
    result.stopped = read_until_end(child.pid(), stopping.read_end(), out.read_end(), out_lines,
                                    err.read_end(), err_lines);
    result.status = child.wait();
    return result;
}

std::optional<std::filesystem::path> find_program(const std::string& name) {
    const char* path = std::getenv("PATH");
    std::istringstream folders(path != nullptr ? path : "/usr/bin:/bin");
    for (std::string folder; std::getline(folders, folder, ':');)
        if (const auto file = std::filesystem::path(folder) / name; ::access(file.c_str(), X_OK) == 0)
            return file;
    return std::nullopt;
}

} // namespace retort
