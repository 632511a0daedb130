// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <string>
#include <thread>

namespace retort::ctl {

/// Turns the first Ctrl+C (SIGINT, SIGTERM) into a request to stop, and says so; the second ends the program
/// as usual. Made in main's thread before any other is started.
class Interrupt {
public:
    /// `what`: "Stopping after this token".
    explicit Interrupt(const std::string& what = "Stopping after a checkpoint");
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    [[nodiscard]] std::stop_token token() const { return source_.get_token(); }

private:
    std::stop_source source_;
    std::jthread listener_;
};

} // namespace retort::ctl
