// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/render_request.h"

#include "report/value_json.h"

namespace retort {
namespace {

constexpr int request_version = 1;

} // namespace

Json to_json(const RenderRequest& request) {
    Json figures = Json::array();
    for (const FigureRequest& one : request.figures)
        figures.push_back({{"figure", to_json(one.figure)}, {"width", one.width}, {"endings", one.endings}});
    return {{"retort_render", request_version},
            {"figures", std::move(figures)},
            {"document", request.document ? to_json(*request.document) : Json(nullptr)}};
}

RenderRequest read_render_request(const Json& json) {
    return value_json::checked([&] {
        if (json.at("retort_render").get<int>() != request_version)
            throw std::invalid_argument("it is of another version of Retort");
        RenderRequest request;
        for (const Json& one : json.at("figures"))
            request.figures.push_back({read_figure(one.at("figure")), one.at("width").get<double>(),
                                       one.at("endings").get<std::vector<std::string>>()});
        if (!json.at("document").is_null()) request.document = read_document(json.at("document"));
        return request;
    });
}

} // namespace retort
