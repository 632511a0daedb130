// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quit_signals.h"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace retort {
namespace {

constexpr std::array heard = {SIGINT, SIGTERM, SIGHUP};

std::array<int, 2> ends = {-1, -1}; ///< of the pipe from the handler, which may do hardly more than write

void handle(int) {
    const char byte = 0;
    [[maybe_unused]] const auto written = ::write(ends[1], &byte, 1);
}

void setHandler(void (*handler)(int), int flags) {
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = flags;
    for (const int number : heard)
        ::sigaction(number, &action, nullptr);
}

} // namespace

QuitSignals::QuitSignals(QObject* parent) : QObject(parent) {
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) return;
    m_notifier = std::make_unique<QSocketNotifier>(ends[0], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &QuitSignals::hear);
    setHandler(handle, SA_RESTART | static_cast<int>(SA_RESETHAND));
}

QuitSignals::~QuitSignals() {
    setHandler(SIG_DFL, 0);
    m_notifier.reset();
    for (int& end : ends)
        ::close(std::exchange(end, -1));
}

void QuitSignals::hear() {
    char byte = 0;
    while (::read(ends[0], &byte, 1) > 0)
        continue;
    Q_EMIT asked();
}

} // namespace retort
