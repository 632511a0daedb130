// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/recorder.h"

#include "store/event_writer.h"
#include "store/store_enums.h"

#include <algorithm>
#include <condition_variable>
#include <iterator>
#include <mutex>
#include <set>
#include <thread>

namespace retort {
namespace {

using namespace std::chrono_literals;
constexpr auto interval = 200ms;
/// A connection waits five seconds by itself; another program's long transaction is no trouble before half a
/// minute.
constexpr int patience_with_others = 6;

struct TimedEvent {
    Instant time;
    RunEvent event;
};

} // namespace

class Recorder::Writer {
public:
    Writer(const Workspace& workspace, RunControls* controls)
        : connection_(workspace),
          events_(connection_),
          controls_(controls),
          thread_([this](const std::stop_token& stop) { run(stop); }) {}

    void accept(const RunEvent& event) {
        const std::lock_guard lock(mutex_);
        queue_.push_back({std::chrono::system_clock::now(), event});
        ++accepted_;
    }

    void flush() {
        std::unique_lock lock(mutex_);
        const std::uint64_t target = accepted_, failures = failures_;
        hurried_ = true;
        wake_.notify_one();
        settled_.wait(lock, [&] { return written_ >= target || failures_ != failures; });
        if (written_ < target) throw Error(ErrorKind::workspace, trouble_);
    }

    [[nodiscard]] std::string trouble() const {
        const std::lock_guard lock(mutex_);
        return trouble_;
    }

private:
    void run(const std::stop_token& stop) {
        bool last = false;
        while (!last) {
            last = wait(stop);
            write_pending();
            hear_wishes();
        }
    }

    /// Takes over what has come; true when nothing more will.
    bool wait(const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, stop, interval, [this] { return hurried_; });
        hurried_ = false;
        std::ranges::move(queue_, std::back_inserter(pending_));
        queue_.clear();
        return stop.stop_requested();
    }

    void write_pending() {
        try {
            const std::string complaint = write_transaction();
            settle(complaint);
        } catch (const BusyError& error) {
            events_.forget();
            if (++refusals_ >= patience_with_others) give_alarm(error.what());
        } catch (const std::exception& error) {
            events_.forget();
            give_alarm(error.what());
        }
    }

    /// All that is pending, or nothing. Returns a complaint about events that belong to no run.
    std::string write_transaction() {
        std::string complaint;
        Transaction transaction(connection_);
        for (const TimedEvent& timed : pending_)
            if (!events_.write(timed.event, timed.time))
                complaint = "Events of the run " + timed.event.run + " are not kept, because " +
                            connection_.file().string() + " has no such run; start the run again.";
        events_.write_summaries(std::chrono::system_clock::now());
        transaction.commit();
        return complaint;
    }

    void settle(const std::string& complaint) {
        refusals_ = 0;
        if (!complaint.empty()) ask_to_stop();
        const std::lock_guard lock(mutex_);
        if (!complaint.empty()) lasting_trouble_ = complaint;
        trouble_ = lasting_trouble_;
        written_ += pending_.size();
        pending_.clear();
        settled_.notify_all();
    }

    void give_alarm(const std::string& sentence) {
        ask_to_stop();
        const std::lock_guard lock(mutex_);
        trouble_ = sentence;
        ++failures_;
        settled_.notify_all();
    }

    void ask_to_stop() {
        if (controls_ == nullptr) return;
        std::set<std::string> runs = events_.live_runs();
        for (const TimedEvent& timed : pending_)
            runs.insert(timed.event.run);
        for (const std::string& run : runs)
            controls_->request(run, RunCommand::stop);
    }

    void hear_wishes() {
        if (controls_ == nullptr) return;
        try {
            take_wishes();
        } catch (const Error&) { // heard the next time
        }
    }

    struct Wish {
        std::string run;
        std::int64_t number;
        std::string command;
    };

    std::vector<Wish> our_wishes() {
        const std::set<std::string> live = events_.live_runs();
        std::vector<Wish> wishes;
        Query rows = connection_.query("SELECT id, number, wish FROM run WHERE wish IS NOT NULL");
        while (rows.next())
            if (live.contains(rows.text(0))) wishes.push_back({rows.text(0), rows.integer(1), rows.text(2)});
        return wishes;
    }

    void take_wishes() {
        for (const Wish& wish : our_wishes()) {
            controls_->request(wish.run, value_of(wish.command, RunCommand::go));
            // A newer wish that came in between stays for the next time.
            connection_.execute("UPDATE run SET wish = NULL WHERE number = ? AND wish = ?",
                                {wish.number, wish.command});
        }
    }

    mutable std::mutex mutex_;
    std::condition_variable_any wake_;
    std::condition_variable settled_;
    std::vector<TimedEvent> queue_;
    std::uint64_t accepted_ = 0;
    std::uint64_t written_ = 0;
    std::uint64_t failures_ = 0;
    bool hurried_ = false;
    std::string trouble_;
    std::string lasting_trouble_;

    // the thread's own
    std::vector<TimedEvent> pending_;
    int refusals_ = 0;
    Connection connection_;
    EventWriter events_;
    RunControls* controls_;

    std::jthread thread_;
};

Recorder::Recorder(const Workspace& workspace, RunControls* controls)
    : writer_(std::make_unique<Writer>(workspace, controls)) {}

Recorder::~Recorder() = default;

void Recorder::accept(const RunEvent& event) {
    writer_->accept(event);
}

void Recorder::flush() {
    writer_->flush();
}

std::string Recorder::trouble() const {
    return writer_->trouble();
}

} // namespace retort
