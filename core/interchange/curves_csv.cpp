// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/curves_csv.h"

#include "base/csv.h"
#include "base/error.h"
#include "base/files.h"
#include "interchange/curve_collector.h"
#include "interchange/series_tag.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <initializer_list>
#include <map>
#include <optional>
#include <utility>

namespace retort {
namespace {

constexpr double absolute_time = 1e8;

std::string lower(std::string_view text) {
    std::string word(text);
    std::ranges::transform(word, word.begin(), [](unsigned char c) { return std::tolower(c); });
    return word;
}

/// Where each thing stands in a record; nothing where the head has no such column.
struct Columns {
    using Place = std::optional<std::size_t>;
    Place run, series, domain, expert, setting, split, step, tokens, wall, value;
    std::size_t count = 0;

    explicit Columns(const std::vector<std::string>& head) : count(head.size()) {
        for (std::size_t i = 0; i < head.size(); ++i)
            names_.push_back(lower(head[i]));
        run = find({"run"});
        series = find({"series", "name", "tag", "metric"});
        domain = find({"domain"});
        expert = find({"expert"});
        setting = find({"setting"});
        split = find({"split"});
        step = find({"step", "_step", "global_step", "steps", "iteration", "iter"});
        tokens = find({"tokens", "num_input_tokens_seen"});
        wall = find({"wall_seconds", "wall time", "wall_time", "_runtime", "_timestamp", "timestamp"});
        value = find({"value"});
    }
    [[nodiscard]] bool is_long() const { return series && value; }
    [[nodiscard]] bool is_of_one_curve() const { return !series && value && wall && count == 3; }

private:
    [[nodiscard]] Place find(std::initializer_list<std::string_view> words) const {
        for (const std::string_view word : words)
            if (const auto found = std::ranges::find(names_, word); found != names_.end())
                return static_cast<std::size_t>(found - names_.begin());
        return {};
    }
    std::vector<std::string> names_;
};

class Reading {
public:
    Reading(const std::filesystem::path& file, std::string series)
        : name_(file.string()),
          text_(read_file(file)),
          records_(text_, name_),
          series_(std::move(series)),
          head_(read_head()),
          columns_(head_) {}

    CsvCurves read() {
        if (!columns_.step)
            throw Error(ErrorKind::data, name_ + " has no column `step`; name one so in its first line.");
        if (columns_.is_long())
            read_lines([this] { read_long(); });
        else if (columns_.is_of_one_curve())
            read_lines([this] { add(series_key_, *columns_.value); });
        else
            read_wide();
        return finish();
    }

private:
    struct Run {
        CurveCollector collector;
        std::optional<double> began; ///< of absolute times
    };

    /// As text, because fields are good until the next record only.
    std::vector<std::string> read_head() {
        std::vector<std::string_view> head;
        if (!records_.next(head))
            throw Error(ErrorKind::data, name_ + " is empty; choose a file with curves.");
        return {head.begin(), head.end()};
    }

    template <class Read>
    void read_lines(const Read& read) {
        series_key_ = key_of_foreign_tag(series_);
        while (records_.next(fields_)) {
            if (fields_.size() > columns_.count)
                complain("has " + std::to_string(fields_.size()) + " fields, the head " +
                         std::to_string(columns_.count));
            step_ = step_here();
            run_ = &runs_[std::string(field(columns_.run))];
            read_clock();
            read();
        }
    }

    void read_long() {
        const auto word = [this](const Columns::Place& place) { return std::string(field(place)); };
        SeriesKey key{word(columns_.series), word(columns_.domain), word(columns_.expert),
                      word(columns_.setting), word(columns_.split)};
        if (!columns_.split) key = with_split_of_name(std::move(key));
        add(key, *columns_.value);
    }

    /// Of a file that has no column for it.
    static SeriesKey with_split_of_name(SeriesKey key) {
        SeriesKey named = key_of_foreign_tag(key.name);
        named.domain = std::move(key.domain);
        named.expert = std::move(key.expert);
        named.setting = std::move(key.setting);
        return named;
    }

    void read_wide() {
        std::vector<std::pair<std::size_t, SeriesKey>> curves;
        for (std::size_t i = 0; i < head_.size(); ++i)
            if (i != columns_.step && i != columns_.run && i != columns_.wall && i != columns_.tokens)
                curves.emplace_back(i, key_of_foreign_tag(head_[i]));
        read_lines([&] {
            for (const auto& [place, key] : curves)
                if (!is_of_words(place)) add(key, place);
        });
    }

    /// By its first cell that is not empty.
    bool is_of_words(std::size_t place) {
        const std::string_view cell = field(place);
        const auto known = of_words_.find(place);
        if (known != of_words_.end() || cell.empty()) return known != of_words_.end() && known->second;
        return of_words_[place] = !number(cell).has_value();
    }

    void add(const SeriesKey& key, std::size_t place) {
        const std::string_view cell = field(place);
        if (cell.empty()) return;
        const auto value = number(cell);
        if (!value) complain("\"" + std::string(cell) + "\" is no number");
        run_->collector.add(run_->collector.curve(key), step_, *value);
    }

    void read_clock() {
        if (const auto tokens = number(field(columns_.tokens)))
            run_->collector.tokens(step_, static_cast<std::int64_t>(*tokens));
        const auto wall = number(field(columns_.wall));
        if (!wall) return;
        if (!run_->began && *wall > absolute_time) run_->began = *wall;
        run_->collector.tick(step_, *wall - run_->began.value_or(0));
    }

    [[nodiscard]] std::string_view field(const Columns::Place& place) const {
        return place && *place < fields_.size() ? fields_[*place] : std::string_view();
    }
    /// A file with semicolons between its fields may have a comma within its numbers.
    [[nodiscard]] std::optional<double> number(std::string_view cell) const {
        if (records_.separator() != ';') return number_in(cell);
        std::string text(cell);
        std::ranges::replace(text, ',', '.');
        return number_in(text);
    }
    [[nodiscard]] std::int64_t step_here() const {
        const std::string_view cell = field(columns_.step);
        const auto value = number(cell);
        if (!value || std::abs(*value) > 9e15 || std::floor(*value) != *value)
            complain("the step \"" + std::string(cell) + "\" is no whole number");
        return static_cast<std::int64_t>(*value);
    }
    [[noreturn]] void complain(const std::string& what) const {
        throw Error(ErrorKind::data, name_ + ", line " + std::to_string(records_.line()) + ": " + what +
                                         "; correct the file.");
    }

    CsvCurves finish() {
        CsvCurves result;
        for (auto& [name, run] : runs_) {
            std::size_t doubled = 0;
            NamedCurves named{name, run.collector.take(doubled)};
            if (run.began) named.curves.began = *run.began;
            if (doubled > 0)
                result.notices.push_back(name_ + ": of points at the same step the newest is kept; " +
                                         std::to_string(doubled) + " were left out.");
            if (!named.curves.curves.empty()) result.runs.push_back(std::move(named));
        }
        for (const auto& [place, is] : of_words_)
            if (is)
                result.notices.push_back(name_ + ": the column " + head_[place] +
                                         " holds words and is left out.");
        return result;
    }

    std::string name_;
    std::string text_;
    CsvReader records_;
    std::string series_;
    std::vector<std::string> head_;
    Columns columns_;
    SeriesKey series_key_;
    std::map<std::string, Run> runs_;
    std::map<std::size_t, bool> of_words_;

    // of the record that is being read
    std::vector<std::string_view> fields_;
    std::int64_t step_ = 0;
    Run* run_ = nullptr;
};

} // namespace

void write_curves_csv(const RunCurves& run, std::string_view name, std::ostream& out) {
    std::map<std::int64_t, std::string> clock;
    for (const RunCurves::Tick& tick : run.clock)
        clock[tick.step] = std::to_string(tick.tokens) + ',' +
                           (std::isnan(tick.wall_seconds) ? std::string() : csv_number(tick.wall_seconds));
    for (const RunCurves::Curve& curve : run.curves) {
        std::string head = csv_field(name);
        for (const std::string* part :
             {&curve.key.name, &curve.key.domain, &curve.key.expert, &curve.key.setting, &curve.key.split})
            head += ',' + csv_field(*part);
        for (std::size_t i = 0; i < curve.steps.size(); ++i) {
            const auto known = clock.find(curve.steps[i]);
            out << head << ',' << std::to_string(curve.steps[i]) << ','
                << (known == clock.end() ? "," : known->second) << ',' << csv_number(curve.values[i]) << '\n';
        }
    }
}

CsvCurves read_curves_csv(const std::filesystem::path& file, const std::string& series) {
    return Reading(file, series).read();
}

} // namespace retort
