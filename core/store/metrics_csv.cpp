// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/metrics_csv.h"

#include "analysis/evaluation.h"
#include "base/csv.h"

#include <algorithm>
#include <array>
#include <map>

namespace retort {
namespace {

std::string qualified(std::string name, const std::string& expert, const std::string& setting,
                      const std::string& split, std::string_view usual_split) {
    for (const std::string& part : {expert, setting})
        if (!part.empty()) name += '/' + part;
    if (split != usual_split) name += '/' + split;
    return name;
}

/// Reads curves side by side, step after step.
struct Cursor {
    const SeriesPoints* points;
    std::string head; ///< `,name,domain,`
    std::size_t next = 0;
    [[nodiscard]] bool stands_on(std::int64_t step) const {
        return next < points->steps.size() && points->steps[next] == step;
    }
};

class Table {
public:
    Table(RunStore& store, const std::string& run_id, std::ostream& out)
        : out_(out), series_(store.series(run_id)), evaluations_(store.evaluations(run_id)) {
        for (const ClockPoint& point : store.clock(run_id))
            clock_[point.step] = std::to_string(point.tokens) + ',' + csv_number(point.wall_seconds);
        for (const SeriesPoints& points : series_)
            cursors_.push_back({&points, head(points.key)});
    }

    void write() {
        out_ << "step,tokens,wall_seconds,name,domain,value\n";
        auto evaluation = evaluations_.begin();
        for (const std::int64_t step : all_steps()) {
            const std::string time = std::to_string(step) + ',' + clock_at(step);
            write_points(time, step);
            for (; evaluation != evaluations_.end() && evaluation->step == step; ++evaluation)
                write_ratios(time, evaluation->row);
        }
    }

private:
    static std::string head(const SeriesKey& key) {
        const std::string name = qualified(key.name, key.expert, key.setting, key.split, "train");
        return ',' + csv_field(name) + ',' + csv_field(key.domain) + ',';
    }

    [[nodiscard]] std::vector<std::int64_t> all_steps() const {
        std::vector<std::int64_t> steps;
        for (const SeriesPoints& points : series_)
            steps.insert(steps.end(), points.steps.begin(), points.steps.end());
        for (const EvaluationRecord& record : evaluations_)
            steps.push_back(record.step);
        std::ranges::sort(steps);
        steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
        return steps;
    }

    [[nodiscard]] std::string clock_at(std::int64_t step) const {
        const auto found = clock_.find(step);
        return found == clock_.end() ? "," : found->second;
    }

    void write_points(const std::string& time, std::int64_t step) {
        for (Cursor& cursor : cursors_)
            if (cursor.stands_on(step))
                out_ << time << cursor.head << csv_number(cursor.points->values[cursor.next++]) << '\n';
    }

    void write_ratios(const std::string& time, const EvaluationRow& row) {
        const std::array<std::pair<const char*, double>, 4> ratios = {{{"nll", nats_per_token(row)},
                                                                       {"perplexity", perplexity(row)},
                                                                       {"bits_per_byte", bits_per_byte(row)},
                                                                       {"accuracy", accuracy(row)}}};
        for (const auto& [name, value] : ratios)
            out_ << time << ',' << csv_field(qualified(name, row.expert, row.setting, row.split, "valid"))
                 << ',' << csv_field(row.domain) << ',' << csv_number(value) << '\n';
    }

    std::ostream& out_;
    std::vector<SeriesPoints> series_;
    std::vector<EvaluationRecord> evaluations_;
    std::map<std::int64_t, std::string> clock_;
    std::vector<Cursor> cursors_;
};

} // namespace

void write_metrics_csv(RunStore& store, const std::string& run_id, std::ostream& out) {
    Table(store, run_id, out).write();
}

} // namespace retort
