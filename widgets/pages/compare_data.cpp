// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/compare_data.h"

#include "analysis/evaluation.h"
#include "analysis/modular_size.h"
#include "spec/grid.h"
#include "widgets/plots/number_text.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <algorithm>
#include <numeric>
#include <set>
#include <tuple>

namespace retort {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(retort::ComparePage)
};

/// Variants of runs that others of the study were made from: teachers, routers and, of ple, experts.
bool isIngredient(const RunRecord& run, const std::set<std::string>& experts) {
    return run.task == Task::teacher || run.task == Task::router || experts.contains(run.variant);
}

std::set<std::string> expertVariants(const std::vector<RunRecord>& runs, const std::string& study) {
    std::set<std::string> variants;
    for (const RunRecord& run : runs) {
        if (run.study != study || run.task != Task::modular) continue;
        const RunSpec spec = read_run_spec(run.spec).spec;
        if (!has_expert_runs(spec)) continue;
        for (const std::string& expert : experts_of(spec))
            variants.insert("expert-" + expert);
    }
    return variants;
}

/// Whole-model curves of training: of no single expert and no setting.
bool isWhole(const SeriesKey& key) {
    return key.expert.empty() && key.setting.empty();
}

/// Of the rows of one step; nothing when none of them counts.
std::optional<double> evaluated(const std::vector<EvaluationRow>& rows, const CompareMetric& metric) {
    double sum = 0;
    int count = 0;
    for (const EvaluationRow& row : headline(rows)) {
        if (!metric.domain.empty() && row.domain != metric.domain) continue;
        sum += valueOf(row, metric.kind);
        ++count;
    }
    return count == 0 ? std::nullopt : std::optional(sum / count);
}

void addEvaluations(SeedCurve& curve, const ComparedRun& run, const CompareMetric& metric) {
    const auto& all = run.evaluations;
    for (auto begin = all.begin(); begin != all.end();) {
        std::vector<EvaluationRow> rows;
        auto end = begin;
        for (; end != all.end() && end->step == begin->step; ++end)
            rows.push_back(end->row);
        if (const auto value = evaluated(rows, metric)) {
            curve.steps.push_back(begin->step);
            curve.values.push_back(*value);
        }
        begin = end;
    }
}

void addSeries(SeedCurve& curve, const ComparedRun& run, const CompareMetric& metric) {
    for (const LiveHistory::Series& series : run.series) {
        if (series.key.name != metric.series || series.key.domain != metric.domain || !isWhole(series.key))
            continue;
        curve.steps = series.steps;
        curve.values = series.values;
        return;
    }
}

/// As the modular runs of ple, whose experts are runs of their own.
bool trainsNothing(const RunRecord& run) {
    return run.status == RunStatus::done && run.total_steps == 0 && run.task != Task::router;
}

std::shared_ptr<const RunClock> slowestClock(const std::vector<ComparedCurve>& curves,
                                             const std::vector<std::int64_t>& steps) {
    auto slowest = std::make_shared<RunClock>();
    for (const std::int64_t step : steps) {
        double tokens = 0, seconds = 0;
        for (const ComparedCurve& curve : curves) {
            if (curve.curve.stands) continue;
            tokens = std::max(tokens, curve.clock->position(step, XAxis::tokens));
            seconds = std::max(seconds, curve.clock->position(step, XAxis::wall_time));
        }
        slowest->append({step, static_cast<std::int64_t>(tokens + 0.5), seconds});
    }
    return slowest;
}

/// Of a study: those that it compares, then those that they are made from, as they began.
std::vector<std::string> variantsInOrder(const std::vector<RunRecord>& all, const std::string& study) {
    std::vector<RunRecord> runs = runsOfStudy(all, study);
    const std::vector<RunRecord> others = newestRunsOfStudy(all, study);
    runs.insert(runs.end(), others.begin(), others.end());
    std::vector<std::string> variants;
    for (const RunRecord& run : runs)
        if (std::ranges::find(variants, run.variant) == variants.end()) variants.push_back(run.variant);
    return variants;
}

bool isQuick(const std::string& study) {
    static const QRegularExpression word(QStringLiteral("(^|[-_.])quick($|[-_.])"));
    return word.match(QString::fromStdString(study)).hasMatch();
}

} // namespace

std::vector<std::string> comparableStudies(const std::vector<RunRecord>& runs) {
    std::map<std::string, std::string> newest;
    for (const RunRecord& run : runs)
        newest[run.study] = std::max(newest[run.study], run.created);
    std::vector<std::string> studies;
    for (const auto& [study, created] : newest)
        studies.push_back(study);
    std::ranges::stable_sort(studies, std::greater{},
                             [&](const std::string& study) { return newest[study]; });
    return studies;
}

std::vector<RunRecord> newestRunsOfStudy(const std::vector<RunRecord>& runs, const std::string& study) {
    std::map<std::pair<std::string, std::uint64_t>, const RunRecord*> newest;
    for (const RunRecord& run : runs) {
        if (run.study != study) continue;
        const RunRecord*& known = newest[{run.variant, run.seed}];
        if (known == nullptr || run.attempt > known->attempt) known = &run;
    }
    std::vector<RunRecord> chosen;
    std::map<std::string, std::string> begun;
    for (const auto& [key, run] : newest) {
        chosen.push_back(*run);
        const auto known = begun.try_emplace(run->variant, run->id).first;
        known->second = std::min(known->second, run->id); // ids rise with time
    }
    std::ranges::sort(chosen, {},
                      [&](const RunRecord& run) { return std::tuple(begun[run.variant], run.seed); });
    return chosen;
}

std::vector<RunRecord> runsOfStudy(const std::vector<RunRecord>& runs, const std::string& study) {
    const std::set<std::string> experts = expertVariants(runs, study);
    const auto isMadeFrom = [&](const RunRecord& run) { return isIngredient(run, experts); };
    std::vector<RunRecord> chosen = newestRunsOfStudy(runs, study);
    if (!std::ranges::all_of(chosen, isMadeFrom)) std::erase_if(chosen, isMadeFrom);
    return chosen;
}

std::vector<std::string> variantNames(const std::vector<RunRecord>& runs) {
    std::set<std::string> studies;
    std::map<std::tuple<std::string, std::string, std::uint64_t>, int> counts;
    for (const RunRecord& run : runs) {
        studies.insert(run.study);
        ++counts[{run.study, run.variant, run.seed}];
    }
    std::set<std::pair<std::string, std::string>> ambiguous;
    for (const auto& [run, count] : counts)
        if (count > 1) ambiguous.emplace(std::get<0>(run), std::get<1>(run));
    std::vector<std::string> names;
    for (const RunRecord& run : runs) {
        std::string name = studies.size() > 1 ? run.study + "/" + run.variant : run.variant;
        const bool isAmbiguous = ambiguous.contains({run.study, run.variant});
        names.push_back(isAmbiguous ? name + " #" + std::to_string(run.attempt) : std::move(name));
    }
    return names;
}

VariantStyles stylesOfVariants(const std::vector<RunRecord>& chosen, const std::vector<RunRecord>& all) {
    std::map<std::string, std::vector<std::string>> variants; // by study
    for (const RunRecord& run : chosen)
        if (!variants.contains(run.study)) variants[run.study] = variantsInOrder(all, run.study);
    const std::vector<std::string> names = variantNames(chosen);
    VariantStyles styles;
    std::set<int> taken;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        if (styles.contains(names[i])) continue;
        const auto& order = variants[chosen[i].study];
        auto place = static_cast<int>(std::ranges::find(order, chosen[i].variant) - order.begin());
        while (taken.size() < seriesStyleCount && taken.contains(place % seriesStyleCount))
            ++place;
        taken.insert(place % seriesStyleCount);
        styles[names[i]] = styleOfVariant(place % seriesStyleCount);
    }
    return styles;
}

SeriesStyle styleIn(const VariantStyles& styles, const std::string& variant, std::size_t place) {
    const auto known = styles.find(variant);
    return known == styles.end() ? styleOfVariant(static_cast<int>(place)) : known->second;
}

std::vector<CompareMetric> metricsOf(const std::map<std::string, ComparedRun>& runs) {
    using Kind = CompareMetric::Kind;
    bool isEvaluated = false;
    std::vector<std::string> series;
    for (const auto& [id, run] : runs) {
        isEvaluated |= !run.evaluations.empty();
        for (const SeriesKey& key : run.keys)
            if (isWhole(key) && std::ranges::find(series, key.name) == series.end())
                series.push_back(key.name);
    }
    std::vector<CompareMetric> metrics;
    if (isEvaluated)
        for (const Kind kind : {Kind::loss, Kind::perplexity, Kind::bits_per_byte, Kind::accuracy})
            metrics.push_back({kind, {}, {}});
    for (const std::string& name : series)
        metrics.push_back({Kind::series, name, {}});
    return metrics;
}

std::vector<std::string> domainsOf(const CompareMetric& metric,
                                   const std::map<std::string, ComparedRun>& runs) {
    std::vector<std::string> domains;
    const auto add = [&](const std::string& domain) {
        if (std::ranges::find(domains, domain) == domains.end()) domains.push_back(domain);
    };
    if (metric.isEvaluation()) domains.emplace_back();
    for (const auto& [id, run] : runs) {
        for (const SeriesKey& key : run.keys)
            if (!metric.isEvaluation() && isWhole(key) && key.name == metric.series) add(key.domain);
        for (const LiveHistory::Evaluation& evaluation : run.evaluations)
            if (metric.isEvaluation()) add(evaluation.row.domain);
    }
    std::ranges::stable_partition(domains, [](const std::string& domain) { return domain.empty(); });
    return domains;
}

double valueOf(const EvaluationRow& row, CompareMetric::Kind kind) {
    switch (kind) {
    case CompareMetric::Kind::bits_per_byte:
        return bits_per_byte(row);
    case CompareMetric::Kind::accuracy:
        return accuracy(row);
    default:
        return nats_per_token(row);
    }
}

ComparedCurve curveOf(const ComparedRun& run, const CompareMetric& metric, const std::string& variant) {
    SeedCurve curve{variant, run.record.seed, {}, {}, trainsNothing(run.record)};
    if (metric.isEvaluation())
        addEvaluations(curve, run, metric);
    else
        addSeries(curve, run, metric);
    auto clock = std::make_shared<RunClock>();
    for (const ClockTick& tick : run.clock)
        clock->append(tick);
    return {std::move(curve), std::move(clock)};
}

void extendStanding(std::vector<ComparedCurve>& curves) {
    std::vector<SeedCurve> seeds;
    for (const ComparedCurve& curve : curves)
        seeds.push_back(curve.curve);
    if (std::ranges::all_of(seeds, &SeedCurve::stands)) return;
    seeds = extend_standing(seeds);
    for (std::size_t i = 0; i < curves.size(); ++i) {
        if (!seeds[i].stands) continue;
        curves[i].curve = seeds[i];
        curves[i].clock = slowestClock(curves, seeds[i].steps);
    }
}

QStringList cautions(const std::vector<RunRecord>& runs, const std::vector<ComparedVariant>& variants) {
    QStringList sentences;
    const auto quick = std::ranges::find_if(runs, [](const RunRecord& run) { return isQuick(run.study); });
    if (quick != runs.end())
        sentences << Text::tr("%1 is a quick form of its study: no conclusions follow from it.")
                         .arg(QString::fromStdString(quick->study));
    std::size_t fewest = variants.empty() ? fewest_pairs : variants.front().n;
    for (const ComparedVariant& variant : variants)
        fewest = std::min(fewest, variant.n);
    if (fewest < fewest_pairs)
        sentences << Text::tr("Fewer than %1 seeds: no conclusions follow.").arg(fewest_pairs);
    QStringList behind;
    std::int64_t newest = 0;
    for (const ComparedVariant& variant : variants)
        newest = std::max(newest, variant.newest_step);
    for (const ComparedVariant& variant : variants)
        if (variant.step.value_or(0) < newest) behind << QString::fromStdString(variant.variant);
    if (!behind.isEmpty())
        sentences << Text::tr("Not all seeds have reached step %1; behind: %2.")
                         .arg(wholeText(newest), behind.join(QStringLiteral(", ")));
    return sentences;
}

} // namespace retort
