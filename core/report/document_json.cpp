// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/document.h"
#include "report/figure_fields.h"

namespace retort {
namespace {

using value_json::read;
using value_json::written;

struct BlockWriter {
    Json operator()(const ReportText& block) const { return {{"text", block.text}}; }
    Json operator()(const ReportFinding& block) const {
        return {{"verdict", block.verdict}, {"finding", block.text}};
    }
    Json operator()(const ReportCode& block) const { return {{"code", block.text}}; }
    Json operator()(const ReportTable& block) const { return {{"table", written(block)}}; }
    Json operator()(const ReportFigure& block) const { return {{"figure", to_json(block.figure)}}; }
};

/// A block is known by its key.
ReportBlock read_block(const Json& json) {
    if (json.contains("text")) return ReportText{json.at("text").get<std::string>()};
    if (json.contains("code")) return ReportCode{json.at("code").get<std::string>()};
    if (json.contains("finding"))
        return ReportFinding{json.at("verdict").get<std::string>(), json.at("finding").get<std::string>()};
    if (json.contains("figure")) return ReportFigure{read_figure(json.at("figure"))};
    ReportTable table;
    read(json.at("table"), table);
    for (const auto& row : table.rows)
        if (row.size() != table.columns.size())
            throw std::invalid_argument("a row of the table \"" + table.caption +
                                        "\" has not one cell for each column");
    return table;
}

} // namespace

Json to_json(const ReportDocument& document) {
    Json sections = Json::array();
    for (const ReportSection& section : document.sections) {
        Json blocks = Json::array();
        for (const ReportBlock& block : section.blocks)
            blocks.push_back(std::visit(BlockWriter(), block));
        sections.push_back({{"title", section.title}, {"blocks", std::move(blocks)}});
    }
    return {{"title", document.title}, {"subtitle", document.subtitle}, {"sections", std::move(sections)}};
}

ReportDocument read_document(const Json& json) {
    return value_json::checked([&] {
        ReportDocument document{
            json.at("title").get<std::string>(), json.at("subtitle").get<std::string>(), {}};
        for (const Json& section : json.at("sections")) {
            document.sections.push_back({section.at("title").get<std::string>(), {}});
            for (const Json& block : section.at("blocks"))
                document.sections.back().blocks.push_back(read_block(block));
        }
        return document;
    });
}

} // namespace retort
