// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/run_exchange.h"

#include "analysis/evaluation.h"
#include "base/sha256.h"
#include "base/ulid.h"
#include "store/event_writer.h"
#include "store/timestamp.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>
#include <tuple>

namespace retort {
namespace names = evaluation_series;
namespace {

/// Where one evaluation after the other was measured.
using Place = std::tuple<std::string, std::string, std::string, std::string>;

Place place_of(const SeriesKey& key) {
    return {key.domain, key.expert, key.setting, key.split};
}

SeriesKey key_at(std::string_view name, const EvaluationRow& row) {
    return {std::string(name), row.domain, row.expert, row.setting, row.split};
}

void add_evaluations(RunStore& store, const std::string& id, RunCurves& run) {
    std::map<SeriesKey, std::size_t> numbers;
    const auto add = [&](std::string_view name, const EvaluationRecord& record, double value) {
        const auto [found, is_new] = numbers.try_emplace(key_at(name, record.row), run.curves.size());
        if (is_new) run.curves.push_back({found->first, {}, {}});
        run.curves[found->second].steps.push_back(record.step);
        run.curves[found->second].values.push_back(value);
    };
    for (const EvaluationRecord& record : store.evaluations(id)) {
        const EvaluationRow& row = record.row;
        add(names::nll, record, nats_per_token(row));
        add(names::perplexity, record, perplexity(row));
        add(names::bits_per_byte, record, bits_per_byte(row));
        add(names::accuracy, record, accuracy(row));
        add(names::tokens, record, static_cast<double>(row.tokens));
        add(names::bytes, record, static_cast<double>(row.bytes));
    }
}

bool is_of_evaluation(const std::string& name) {
    return name == names::nll || name == names::perplexity || name == names::bits_per_byte ||
           name == names::accuracy || name == names::tokens || name == names::bytes;
}

/// The curves of one place by their names.
using Group = std::map<std::string_view, const RunCurves::Curve*>;

EvaluationRow row_of(const SeriesKey& key, double nll, double tokens, double bytes, double accuracy) {
    EvaluationRow row;
    std::tie(row.domain, row.expert, row.setting, row.split) = place_of(key);
    row.nll = nll * tokens;
    row.tokens = std::llround(tokens);
    row.bytes = std::llround(bytes);
    row.correct = std::llround(accuracy * tokens);
    return row;
}

/// All six, measured at the same steps on some text.
bool is_evaluation(const Group& group) {
    if (group.size() != 6) return false;
    const RunCurves::Curve& tokens = *group.at(names::tokens);
    const auto is_count = [](double value) { return value >= 1 && value < 9e15; };
    return std::ranges::all_of(group, [&](const auto& one) { return one.second->steps == tokens.steps; }) &&
           std::ranges::all_of(tokens.values, is_count);
}

using Evaluations = std::map<std::int64_t, std::vector<EvaluationRow>>; ///< by step

/// Takes the curves that are evaluations out of `curves`.
Evaluations take_evaluations(std::vector<const RunCurves::Curve*>& curves) {
    std::map<Place, Group> groups;
    for (const RunCurves::Curve* curve : curves)
        if (is_of_evaluation(curve->key.name)) groups[place_of(curve->key)][curve->key.name] = curve;
    std::erase_if(groups, [](const auto& group) { return !is_evaluation(group.second); });
    Evaluations rows;
    for (const auto& [place, group] : groups) {
        const RunCurves::Curve& losses = *group.at(names::nll);
        for (std::size_t i = 0; i < losses.steps.size(); ++i)
            rows[losses.steps[i]].push_back(
                row_of(losses.key, losses.values[i], group.at(names::tokens)->values[i],
                       group.at(names::bytes)->values[i], group.at(names::accuracy)->values[i]));
    }
    std::erase_if(curves, [&](const RunCurves::Curve* curve) {
        return is_of_evaluation(curve->key.name) && groups.contains(place_of(curve->key));
    });
    return rows;
}

template <class T>
std::string_view bytes_of(const std::vector<T>& values) {
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

std::string digest_of(const RunCurves& run) {
    Sha256 digest;
    for (const RunCurves::Curve& curve : run.curves) {
        const SeriesKey& key = curve.key;
        for (const std::string* part : {&key.name, &key.domain, &key.expert, &key.setting, &key.split})
            digest.update(*part + '\0');
        digest.update(bytes_of(curve.steps));
        digest.update(bytes_of(curve.values));
    }
    return digest.hex();
}

std::int64_t last_step(const RunCurves& run) {
    std::int64_t last = 0;
    for (const RunCurves::Curve& curve : run.curves)
        if (!curve.steps.empty()) last = std::max(last, curve.steps.back());
    return last;
}

/// With nothing unknown, and with the last step of the run.
std::vector<RunCurves::Tick> complete_clock(const RunCurves& run) {
    std::vector<RunCurves::Tick> clock = run.clock;
    double seconds = 0;
    for (RunCurves::Tick& tick : clock)
        seconds = tick.wall_seconds = std::isnan(tick.wall_seconds) ? seconds : tick.wall_seconds;
    if (const std::int64_t last = last_step(run); clock.empty() || clock.back().step < last)
        clock.push_back({last, clock.empty() ? 0 : clock.back().tokens, seconds});
    return clock;
}

class Importer {
public:
    Importer(const Workspace& workspace, const ImportedRun& run) : connection_(workspace), run_(run) {}

    ImportOutcome store(const std::vector<std::string>& notices) {
        const std::string digest = digest_of(run_.curves);
        Transaction transaction(connection_);
        if (const auto known = find(digest)) return {*known, false};
        insert_run(digest);
        std::vector<const RunCurves::Curve*> curves;
        for (const RunCurves::Curve& curve : run_.curves.curves)
            curves.push_back(&curve);
        EventWriter events(connection_);
        for (const auto& [step, rows] : take_evaluations(curves))
            write(events, Evaluated{step, 0, 0, rows});
        for (const RunCurves::Curve* curve : curves)
            insert_curve(*curve);
        insert_clock();
        for (const std::string& notice : notices)
            write(events, Notice{Notice::Level::warning, notice});
        events.summarise(id_);
        events.write_summaries(std::chrono::system_clock::now());
        transaction.commit();
        return {id_, true};
    }

private:
    std::optional<std::string> find(const std::string& digest) {
        const ImportedName& name = run_.name;
        return connection_.text(
            "SELECT id FROM run WHERE task = 'imported' AND study = ? AND variant = ? AND "
            "seed = ? AND spec_hash = ? AND NOT deleted ORDER BY attempt DESC LIMIT 1",
            {name.study, name.variant, static_cast<std::int64_t>(name.seed), digest});
    }
    void insert_run(const std::string& digest) {
        const ImportedName& name = run_.name;
        const std::string spec = origin_json(run_, digest).dump();
        const std::string created =
            std::isnan(run_.curves.began) ? now_iso8601() : to_iso8601(instant_of(run_.curves.began));
        const std::int64_t last = last_step(run_.curves);
        connection_.execute(
            "INSERT INTO run (id, study, variant, seed, attempt, task, status, created, spec, spec_hash, "
            "criterion, total_steps) SELECT ?1, ?2, ?3, ?4, 1 + coalesce(max(attempt), 0), 'imported', "
            "'done', "
            "?5, ?6, ?7, 'macro', ?8 FROM run WHERE study = ?2 AND variant = ?3 AND seed = ?4",
            {id_, name.study, name.variant, static_cast<std::int64_t>(name.seed), created, spec, digest,
             last});
        number_ = connection_.last_key();
    }
    void insert_curve(const RunCurves::Curve& curve) {
        const SeriesKey& key = curve.key;
        connection_.execute(
            "INSERT INTO series (run, name, domain, expert, setting, split) VALUES (?, ?, ?, ?, ?, ?)",
            {number_, key.name, key.domain, key.expert, key.setting, key.split});
        const std::int64_t series = connection_.last_key();
        for (std::size_t i = 0; i < curve.steps.size(); ++i)
            connection_.execute("INSERT INTO point (series, step, value) VALUES (?, ?, ?)",
                                {series, curve.steps[i], curve.values[i]});
    }
    void insert_clock() {
        connection_.execute("DELETE FROM clock WHERE run = ?", {number_}); // what the evaluations wrote
        for (const RunCurves::Tick& tick : complete_clock(run_.curves))
            connection_.execute(
                "INSERT OR REPLACE INTO clock (run, step, tokens, wall_seconds) VALUES (?, ?, ?, ?)",
                {number_, tick.step, tick.tokens, tick.wall_seconds});
    }
    template <class What>
    void write(EventWriter& events, What what) {
        (void)events.write({id_, 1, 0, std::move(what)}, std::chrono::system_clock::now());
    }

    Connection connection_;
    const ImportedRun& run_;
    std::string id_ = new_ulid();
    std::int64_t number_ = 0;
};

} // namespace

RunCurves read_run_curves(RunStore& store, const RunRecord& run) {
    RunCurves curves;
    if (const auto began = instant_in(run.created)) curves.began = seconds_since_1970(*began);
    for (SeriesPoints& points : store.series(run.id))
        curves.curves.push_back({std::move(points.key), std::move(points.steps), std::move(points.values)});
    add_evaluations(store, run.id, curves);
    for (const ClockPoint& point : store.clock(run.id))
        curves.clock.push_back({point.step, point.tokens, point.wall_seconds});
    return curves;
}

ImportOutcome import_run(const Workspace& workspace, const ImportedRun& run,
                         const std::vector<std::string>& notices) {
    return Importer(workspace, run).store(notices);
}

} // namespace retort
