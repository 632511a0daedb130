// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/forgetting_view.h"

#include "app/ctl/text_table.h"
#include "base/csv.h"

#include <cmath>
#include <fmt/core.h>
#include <string_view>
#include <utility>
#include <vector>

namespace retort::ctl {
namespace {

using Row = std::vector<std::string>;

double measured(const StageScores& scores, std::size_t domain, const std::string& measure) {
    if (measure == "accuracy") return scores.accuracy[domain];
    return measure == "perplexity" ? std::exp(scores.loss[domain]) : scores.loss[domain];
}

Json json_or_null(const std::optional<double>& value) {
    return value ? Json(*value) : Json(nullptr);
}

void put(Json& json, const std::string& name, const Measure& measure) {
    json[name] = json_or_null(measure.value);
    if (!measure.value) json[name + "_reason"] = measure.reason;
}

Json domain_json(const DomainForgetting& d) {
    return {{"learned", json_or_null(d.learned)},
            {"final", json_or_null(d.final)},
            {"forgetting", json_or_null(d.forgetting)},
            {"backward", json_or_null(d.backward)},
            {"forward", json_or_null(d.forward)},
            {"forward_unigram", json_or_null(d.forward_unigram)},
            {"intransigence", json_or_null(d.intransigence)}};
}

Json avalanche_json(const ForgettingMeasures& measures) {
    Json json = Json::object();
    put(json, "stream_forgetting", measures.avalanche.stream_forgetting);
    put(json, "stream_bwt", measures.avalanche.stream_bwt);
    put(json, "stream_forward_transfer", measures.avalanche.stream_forward_transfer);
    json["experience_forgetting"] = Json::object();
    for (std::size_t j = 0; j < measures.domains.size(); ++j)
        json["experience_forgetting"][measures.domains[j].domain] =
            json_or_null(measures.avalanche.experience_forgetting[j]);
    return json;
}

Json mammoth_json(const MammothMeasures& mammoth) {
    Json json = Json::object();
    put(json, "backward_transfer", mammoth.backward_transfer);
    put(json, "forward_transfer", mammoth.forward_transfer);
    put(json, "forgetting", mammoth.forgetting);
    return json;
}

std::string cell(double value) {
    return std::isnan(value) ? "" : fmt::format("{:.4f}", value);
}

std::string cell(const std::optional<double>& value) {
    return cell(value.value_or(std::nan("")));
}

std::string loss_table(const StageMatrix& matrix) {
    std::vector<Row> table = {{"loss after", "step"}};
    const auto add = [&](const std::string& name, std::int64_t step, const StageScores& scores) {
        table.push_back({name, std::to_string(step)});
        for (const double loss : scores.loss)
            table.back().push_back(cell(loss));
    };
    table[0].insert(table[0].end(), matrix.domains.begin(), matrix.domains.end());
    add("no training", 0, matrix.random);
    for (const StageRow& row : matrix.rows)
        add(row.name, row.step, row.scores);
    return text_table(table);
}

std::string domain_table(const ForgettingMeasures& measures) {
    std::vector<Row> table = {
        {"domain", "learned", "final", "forgetting", "backward", "forward", "intransigence"}};
    for (const DomainForgetting& d : measures.domains)
        table.push_back({d.domain, cell(d.learned), cell(d.final), cell(d.forgetting), cell(d.backward),
                         cell(d.forward), cell(d.intransigence)});
    return text_table(table);
}

std::string mean_table(const StageMatrix& matrix, const ForgettingMeasures& measures) {
    namespace formula = forgetting_formula;
    std::vector<Row> table = {{"mean", "nats per token", ""}};
    const auto add = [&](const char* name, const Measure& measure, std::string_view says) {
        table.push_back({name, cell(measure.value), measure.value ? std::string(says) : measure.reason});
    };
    if (!matrix.is_sequential) {
        add("forgetting", measures.forgetting,
            fmt::format("{}; {}", formula::mean_forgetting_without_stages,
                        formula::forgetting_without_stages));
        return text_table(table);
    }
    add("forgetting", measures.forgetting,
        fmt::format("{}; {}", formula::mean_forgetting, formula::forgetting));
    add("backward transfer", measures.backward, formula::backward);
    add("forward transfer", measures.forward, formula::forward);
    add("against a unigram model", measures.forward_unigram, formula::forward_unigram);
    add("intransigence", measures.intransigence, formula::intransigence);
    return text_table(table);
}

} // namespace

std::string stage_csv(const StageMatrix& matrix, const std::string& measure) {
    std::string csv = "stage";
    for (const std::string& domain : matrix.domains)
        csv += ',' + csv_field(domain);
    for (const StageRow& row : matrix.rows) {
        csv += '\n' + csv_field(row.name);
        for (std::size_t domain = 0; domain < matrix.domains.size(); ++domain) {
            const double value = measured(row.scores, domain, measure);
            csv += std::isnan(value) ? "," : fmt::format(",{}", value);
        }
    }
    return csv + '\n';
}

Json forgetting_json(const ForgettingMeasures& measures) {
    Json json = Json::object();
    put(json, "forgetting", measures.forgetting);
    put(json, "bwt", measures.backward);
    put(json, "fwt", measures.forward);
    put(json, "fwt_unigram", measures.forward_unigram);
    put(json, "intransigence", measures.intransigence);
    json["per_domain"] = Json::object();
    for (const DomainForgetting& domain : measures.domains)
        json["per_domain"][domain.domain] = domain_json(domain);
    json["avalanche"] = avalanche_json(measures);
    json["mammoth"] = mammoth_json(measures.mammoth);
    return json;
}

std::string forgetting_text(const StageMatrix& matrix, const ForgettingMeasures& measures) {
    return loss_table(matrix) + '\n' + domain_table(measures) + '\n' + mean_table(matrix, measures);
}

} // namespace retort::ctl
