// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/training_thread.h"

#include <condition_variable>
#include <cstdint>
#include <limits>
#include <mutex>
#include <string>

namespace retort {

/// Trains nothing, but says what a training would say, step by step as the test allows it. It obeys pause,
/// stop and the stop token, and goes on after a resume where it was, in another process too. A plan whose
/// variant is "throws" throws at its third step; one named "fails" ends there as failed.
class FakeTraining {
public:
    /// The fake must outlive the function's calls.
    [[nodiscard]] RunFunction function();

    /// From now on so many steps more may be made.
    void allow(std::int64_t steps);
    void allowAll() { allow(std::numeric_limits<std::int32_t>::max()); }

private:
    struct Run;
    enum class Turn { step, stop, interrupt };

    [[nodiscard]] RunOutcome train(const RunPlan& plan, bool resume, const std::string& id,
                                   const Laboratory& laboratory, const std::stop_token& stop);
    [[nodiscard]] Turn waitForTurn(Run& run, const std::stop_token& stop);
    [[nodiscard]] bool isAllowed();

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::int64_t m_allowed = 0;
};

/// A small plan of `steps` steps.
[[nodiscard]] RunPlan smallPlan(const std::string& variant, std::int64_t steps);

} // namespace retort
