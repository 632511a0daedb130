// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/interrupt.h"

#include <csignal>
#include <ctime>
#include <fmt/core.h>
#include <pthread.h>

namespace retort::ctl {
namespace {

sigset_t heard_signals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

constexpr timespec poll_interval = {0, 100'000'000};

} // namespace

Interrupt::Interrupt(const std::string& what) {
    const sigset_t set = heard_signals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr); // inherited by all threads that start from here on
    listener_ = std::jthread([this, set, what](const std::stop_token& done) {
        while (!done.stop_requested()) {
            if (sigtimedwait(&set, nullptr, &poll_interval) < 0) continue;
            fmt::print(stderr, "\n{}; press Ctrl+C again to quit at once.\n", what);
            source_.request_stop();
            pthread_sigmask(SIG_UNBLOCK, &set,
                            nullptr); // this thread takes the second one, with its default action
        }
    });
}

Interrupt::~Interrupt() {
    listener_.request_stop();
}

} // namespace retort::ctl
