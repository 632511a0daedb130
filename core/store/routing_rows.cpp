// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/routing_rows.h"

#include "store/run_rows.h"

#include <map>
#include <utility>

namespace retort {
namespace {

Json bins_json(const std::vector<ConfidenceBin>& bins) {
    Json json = Json::array();
    for (const ConfidenceBin& bin : bins)
        json.push_back({bin.count, bin.confidence, bin.correct});
    return json;
}

std::vector<ConfidenceBin> bins_of(const Json& json) {
    std::vector<ConfidenceBin> bins;
    for (const Json& bin : json)
        bins.push_back({bin.at(0), bin.at(1), bin.at(2)});
    return bins;
}

Json evidence_json(const std::vector<TokenEvidence>& evidence) {
    Json json = Json::array();
    for (const TokenEvidence& token : evidence)
        json.push_back({token.first, token.length, token.weight});
    return json;
}

std::vector<TokenEvidence> evidence_of(const Json& json) {
    std::vector<TokenEvidence> evidence;
    for (const Json& token : json)
        evidence.push_back({token.at(0), token.at(1), token.at(2)});
    return evidence;
}

void write_examples(Connection& connection, std::int64_t matrix, const std::vector<RoutedExample>& examples) {
    std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> written; // by cell
    for (const RoutedExample& example : examples)
        connection.execute(
            "INSERT INTO matrix_example (matrix, cell_row, cell_column, ordinal, document, first_token, "
            "tokens, probabilities, pieces, evidence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            {matrix, example.row, example.column, written[{example.row, example.column}]++, example.document,
             example.first_token, example.tokens, Json(example.probabilities).dump(),
             Json(example.pieces).dump(-1, ' ', false, Json::error_handler_t::replace),
             evidence_json(example.evidence).dump()});
}

RoutingEvaluation evaluation_of(const Connection& connection, const Query& row) {
    const auto json = [&](int column) { return stored_json(connection, row.text(column)); };
    RoutingEvaluation evaluation;
    evaluation.kind = row.text(1);
    evaluation.classifier = row.text(2);
    evaluation.split = row.text(3);
    evaluation.fold = row.integer(4);
    evaluation.length = row.integer(5);
    evaluation.step = row.integer(6);
    evaluation.rows = json(7);
    evaluation.columns = json(8);
    evaluation.counts = json(9).get<std::vector<std::int64_t>>();
    evaluation.forced = json(10).get<std::vector<std::int64_t>>();
    evaluation.reliability = bins_of(json(11));
    evaluation.log_loss = row.real(12);
    evaluation.unknown_auroc = row.real(13);
    evaluation.risk_area = row.real(14);
    evaluation.seconds_per_decision = row.real(15);
    return evaluation;
}

} // namespace

void write_routing(Connection& connection, std::int64_t run_number, const RoutingEvaluation& e) {
    connection.execute("DELETE FROM matrix WHERE run = ? AND kind = ? AND classifier = ? AND split = ? AND "
                       "fold = ? AND length = ? AND step = ?",
                       {run_number, e.kind, e.classifier, e.split, e.fold, e.length, e.step});
    connection.execute(
        "INSERT INTO matrix (run, kind, classifier, split, fold, length, step, row_names, column_names, "
        "counts, forced, reliability, log_loss, unknown_auroc, risk_area, seconds_per_decision) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {run_number, e.kind, e.classifier, e.split, e.fold, e.length, e.step, Json(e.rows).dump(),
         Json(e.columns).dump(), Json(e.counts).dump(), Json(e.forced).dump(),
         bins_json(e.reliability).dump(), e.log_loss, e.unknown_auroc, e.risk_area, e.seconds_per_decision});
    write_examples(connection, connection.last_key(), e.examples);
}

std::vector<MatrixRecord> read_matrices(Connection& connection, std::int64_t run_number) {
    Query rows = connection.query(
        "SELECT number, kind, classifier, split, fold, length, step, row_names, column_names, counts, "
        "forced, "
        "reliability, log_loss, unknown_auroc, risk_area, seconds_per_decision FROM matrix WHERE run = ? "
        "ORDER BY number",
        {run_number});
    std::vector<MatrixRecord> matrices;
    while (rows.next())
        matrices.push_back({rows.integer(0), evaluation_of(connection, rows)});
    return matrices;
}

std::vector<RoutedExample> read_examples(Connection& connection, std::int64_t matrix, std::int64_t row,
                                         std::int64_t column) {
    Query rows = connection.query(
        "SELECT document, first_token, tokens, probabilities, pieces, evidence FROM matrix_example "
        "WHERE matrix = ? AND cell_row = ? AND cell_column = ? ORDER BY ordinal",
        {matrix, row, column});
    std::vector<RoutedExample> examples;
    while (rows.next())
        examples.push_back({row, column, rows.text(0), rows.integer(1), rows.integer(2),
                            stored_json(connection, rows.text(3)), stored_json(connection, rows.text(4)),
                            evidence_of(stored_json(connection, rows.text(5)))});
    return examples;
}

} // namespace retort
