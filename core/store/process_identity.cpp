// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/process_identity.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <unistd.h>

namespace retort {
namespace {

/// Start of a process by field 22 of its stat line; nothing when there is no such process, or a dead one
/// whose parent has not looked yet.
std::optional<std::int64_t> start_of(std::int64_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string line;
    if (!std::getline(file, line)) return {};
    const auto name_end = line.rfind(')'); // the name may hold blanks and brackets
    if (name_end == std::string::npos) return {};
    std::istringstream fields(line.substr(name_end + 1));
    std::string field;
    fields >> field;
    if (field == "Z" || field == "X") return {};
    for (int number = 4; number <= 22; ++number)
        fields >> field;
    return fields ? std::optional(std::stoll(field)) : std::nullopt;
}

std::string this_machine() {
    std::string boot;
    std::getline(std::ifstream("/proc/sys/kernel/random/boot_id"), boot);
    std::error_code none;
    return boot + " " + std::filesystem::read_symlink("/proc/self/ns/pid", none).string();
}

} // namespace

const ProcessIdentity& this_process() {
    // A fork would inherit the parent's answer, so it is kept only for the pid that asked.
    thread_local ProcessIdentity self;
    if (self.pid != ::getpid()) self = {::getpid(), start_of(::getpid()).value_or(0), this_machine()};
    return self;
}

std::optional<bool> is_alive(const ProcessIdentity& process) {
    if (process.machine != this_process().machine) return {};
    return start_of(process.pid) == process.started;
}

} // namespace retort
