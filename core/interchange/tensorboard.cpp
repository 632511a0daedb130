// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/tensorboard.h"

#include "base/error.h"
#include "base/files.h"
#include "interchange/curve_collector.h"
#include "interchange/event_file.h"
#include "interchange/series_tag.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <sstream>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace retort {
namespace fs = std::filesystem;
namespace {

/// Curves side by side, step after step.
class StepByStep {
public:
    explicit StepByStep(const RunCurves& run) : run_(run) {
        for (const RunCurves::Curve& curve : run.curves)
            cursors_.push_back({&curve, tag_of(curve.key), 0});
    }

    void write(EventFileWriter& out) {
        for (std::int64_t step = 0; find_next(step);) {
            const double seconds = run_clock_until(step, out);
            for (Cursor& cursor : cursors_)
                if (cursor.stands_on(step))
                    out.write({step, seconds, cursor.tag, cursor.curve->values[cursor.next++]});
        }
    }

private:
    struct Cursor {
        const RunCurves::Curve* curve;
        std::string tag;
        std::size_t next = 0;
        [[nodiscard]] bool is_at_end() const { return next == curve->steps.size(); }
        [[nodiscard]] bool stands_on(std::int64_t step) const {
            return !is_at_end() && curve->steps[next] == step;
        }
    };

    [[nodiscard]] bool find_next(std::int64_t& step) const {
        bool is_found = false;
        for (const Cursor& cursor : cursors_) {
            if (cursor.is_at_end()) continue;
            const std::int64_t own = cursor.curve->steps[cursor.next];
            step = is_found ? std::min(step, own) : own;
            is_found = true;
        }
        return is_found || tick_ < run_.clock.size();
    }

    /// The time of `step`; what the clock says of tokens until then is written.
    double run_clock_until(std::int64_t step, EventFileWriter& out) {
        const bool has_points = std::ranges::any_of(cursors_, [](const Cursor& c) { return !c.is_at_end(); });
        for (; tick_ < run_.clock.size() && (!has_points || run_.clock[tick_].step <= step); ++tick_) {
            const RunCurves::Tick& tick = run_.clock[tick_];
            if (!std::isnan(tick.wall_seconds)) seconds_ = tick.wall_seconds;
            if (tick.tokens > 0)
                out.write({tick.step, wall_time(), "train/tokens", static_cast<double>(tick.tokens)});
        }
        return wall_time();
    }
    [[nodiscard]] double wall_time() const { return (std::isnan(run_.began) ? 0 : run_.began) + seconds_; }

    const RunCurves& run_;
    std::vector<Cursor> cursors_;
    std::size_t tick_ = 0;
    double seconds_ = 0;
};

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

/// Events of several files, one after the other, into one collector.
class Stitcher : public EventFileListener {
public:
    /// `is_own`: written by Retort.
    void begin_file(bool is_own, const std::string& split) {
        is_own_ = is_own;
        split_ = split;
        tags_.clear();
        numbers_.clear();
        curves_.clear();
        guess_ = 0;
    }
    void scalar(const ScalarEvent& event) override {
        if (std::isnan(began_)) began_ = event.wall_time;
        const std::size_t curve = curve_of(event.tag);
        collector_.add(curve, event.step, event.value);
        collector_.tick(event.step, event.wall_time - began_);
    }
    void restarted(std::int64_t step) override { collector_.forget_from(step); }

    [[nodiscard]] RunCurves take(std::size_t& doubled) {
        RunCurves run = collector_.take(doubled);
        run.began = began_;
        return run;
    }

private:
    /// Events come in the same order step after step, so that the next tag is mostly the one after the last.
    std::size_t curve_of(std::string_view tag) {
        if (guess_ < tags_.size() && tags_[guess_] == tag) return curves_[guess_++];
        const auto known = numbers_.find(tag);
        const std::size_t number = known != numbers_.end() ? known->second : add(tag);
        guess_ = number + 1 == tags_.size() ? 0 : number + 1;
        return curves_[number];
    }
    std::size_t add(std::string_view tag) {
        const std::size_t number = tags_.size();
        tags_.emplace_back(tag);
        numbers_.emplace(tag, number);
        curves_.push_back(collector_.curve(is_own_ ? key_of_own_tag(tag) : key_of_foreign_tag(tag, split_)));
        return number;
    }

    CurveCollector collector_;
    double began_ = std::nan("");
    bool is_own_ = false;
    std::string split_;
    std::vector<std::string> tags_; ///< of this file, in the order in which they came
    std::vector<std::size_t> curves_;
    std::unordered_map<std::string, std::size_t, TextHash, std::equal_to<>> numbers_;
    std::size_t guess_ = 0;
};

struct NoListener : EventFileListener {
    void scalar(const ScalarEvent&) override {}
    void restarted(std::int64_t) override {}
};

/// The record that a file begins with is small, and says who wrote it.
bool is_own_file(std::span<const std::byte> bytes) {
    NoListener nobody;
    return read_event_file(bytes.first(std::min<std::size_t>(bytes.size(), 64)), nobody).writer == own_writer;
}

void tell_damage(const fs::path& file, const EventFileReading& reading, std::vector<std::string>& notices) {
    if (!reading.is_event_file)
        throw Error(ErrorKind::data, file.string() +
                                         " is no event file of TensorBoard, or is damaged from its "
                                         "first byte; take it out of the folder.");
    if (reading.damaged > 0)
        notices.push_back(file.string() + ": " + std::to_string(reading.damaged) +
                          " records without their checksum are left out.");
    if (reading.unread > 0)
        notices.push_back(file.string() + ": the last " + std::to_string(reading.unread) +
                          " bytes are no whole record, as when a program was killed while it wrote.");
}

} // namespace

bool is_event_file_name(const fs::path& file) {
    return file.filename().string().find("tfevents") != std::string::npos;
}

void write_tensorboard(const RunCurves& run, const fs::path& folder) {
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (failed)
        throw Error(ErrorKind::workspace, "Cannot make the folder " + folder.string() + ": " +
                                              failed.message() + "; choose one that can be written.");
    const double began = std::isnan(run.began) ? 0 : run.began;
    std::ostringstream bytes;
    EventFileWriter out(bytes, began);
    StepByStep(run).write(out);
    const std::string name =
        "events.out.tfevents." + std::to_string(static_cast<std::int64_t>(began)) + ".retort";
    write_file_atomically(folder / name, bytes.view());
}

CurveReading read_tensorboard(const std::vector<EventFile>& files) {
    CurveReading result;
    Stitcher stitcher;
    for (const EventFile& file : files) {
        const MappedFile mapped(file.path);
        stitcher.begin_file(is_own_file(mapped.bytes()), file.split);
        tell_damage(file.path, read_event_file(mapped.bytes(), stitcher), result.notices);
    }
    std::size_t doubled = 0;
    result.curves = stitcher.take(doubled);
    if (doubled > 0)
        result.notices.push_back(files.front().path.parent_path().string() +
                                 ": of points at the same step the newest is kept; " +
                                 std::to_string(doubled) + " were left out.");
    return result;
}

} // namespace retort
