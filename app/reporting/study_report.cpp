// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/reporting/study_report.h"

#include "app/reporting/report_sections.h"

#include <algorithm>
#include <map>

namespace retort {
namespace {

std::string title_of(const ReportedRuns& reported) {
    if (reported.spec) return reported.spec->title.empty() ? reported.name : reported.spec->title;
    return "Runs compared: " + listed(variants_of(reported, main_runs(reported)));
}

std::string subtitle_of(const ReportedRuns& reported) {
    const std::string with = ". Written by Retort " RETORT_VERSION ".";
    if (reported.record)
        return "Study " + reported.name + ", its text of " + reported.record->saved.substr(0, 10) + with;
    return counted(reported.all.size(), "run") + " of the workspace" + with;
}

/// Files of figures are named by them.
void make_names_unique(ReportDocument& document) {
    std::map<std::string, int> counts;
    for (ReportFigure* block : figures_of(document))
        if (const int count = ++counts[block->figure.name]; count > 1)
            block->figure.name += "-" + std::to_string(count);
}

} // namespace

ReportDocument study_report(RunStore& store, const std::vector<std::string>& names) {
    const ReportedRuns reported = read_reported(store, names);
    ReportDocument document{title_of(reported), subtitle_of(reported), {}};
    document.sections = {question_section(reported), answer_section(store, reported), data_section(reported),
                         set_up_section(reported)};
    std::ranges::move(result_sections(store, reported), std::back_inserter(document.sections));
    std::ranges::move(matrix_sections(store, reported), std::back_inserter(document.sections));
    document.sections.push_back(threats_section(store, reported));
    document.sections.push_back(repeat_section(store, reported));
    make_names_unique(document);
    return document;
}

} // namespace retort
