// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec/grid.h"

#include <algorithm>
#include <array>

namespace retort {
namespace {

using Names = std::vector<std::string>;
constexpr std::string_view common_suffix = "+common";
constexpr std::array<std::string_view, 8> presets = {"all",     "singles",   "leave-one-out", "common",
                                                     "average", "posterior", "parameters",    "paper"};

bool is_preset(std::string_view text) {
    return std::ranges::count(presets, text) > 0;
}

Names split(std::string_view text) {
    Names parts(1);
    for (const char c : text) {
        if (c == '+')
            parts.emplace_back();
        else
            parts.back() += c;
    }
    return parts;
}

bool has_common(const RunSpec& spec) {
    return spec.modular->architecture == Architecture::moe_ce;
}

bool can_average_parameters(const RunSpec& spec) {
    return spec.modular->init == ExpertInit::shared;
}

class Expansion {
public:
    explicit Expansion(const RunSpec& spec) : experts_(experts_of(spec)), has_common_(has_common(spec)) {}

    void add(const GridSetting& setting) {
        const bool is_possible = has_common_ || !setting.common;
        if (is_possible && std::ranges::count(settings_, setting) == 0) settings_.push_back(setting);
    }
    void add_with_and_without(Mixing mixing, const Names& present) {
        add({mixing, present, false});
        add({mixing, present, true});
    }
    void add_preset(std::string_view preset) {
        if (preset == "all") add_with_and_without(Mixing::top1, experts_);
        if (preset == "average") add_with_and_without(Mixing::average, experts_);
        if (preset == "posterior") add_with_and_without(Mixing::posterior, experts_);
        if (preset == "parameters") add_with_and_without(Mixing::parameters, experts_);
        if (preset == "common") add({Mixing::top1, {}, true});
        if (preset == "singles") add_singles();
        if (preset == "leave-one-out") add_left_out();
        if (preset == "paper") add_paper();
    }
    [[nodiscard]] std::vector<GridSetting> take() { return std::move(settings_); }

private:
    void add_singles() {
        for (const std::string& expert : experts_)
            add_with_and_without(Mixing::top1, {expert});
    }
    void add_left_out() {
        if (experts_.size() < 2) return;
        for (const std::string& left_out : experts_) {
            Names present = experts_;
            std::erase(present, left_out);
            add_with_and_without(Mixing::top1, present);
        }
    }
    /// In the order of the paper's code; pairs are of each expert with the last.
    void add_paper() {
        add({Mixing::top1, experts_, false});
        add_singles();
        add({Mixing::top1, experts_, true});
        add({Mixing::top1, {}, true});
        const auto add_pairs = [&](Mixing mixing, bool common) {
            for (std::size_t i = 0; i + 1 < experts_.size(); ++i)
                add({mixing, {experts_[i], experts_.back()}, common});
        };
        add_pairs(Mixing::top1, false);
        add_pairs(Mixing::average, false);
        add_pairs(Mixing::top1, true);
        add({Mixing::average, experts_, false});
    }

    const Names& experts_;
    bool has_common_;
    std::vector<GridSetting> settings_;
};

} // namespace

std::string name_of(const GridSetting& setting, const Names& experts) {
    if (setting.experts.empty()) return "common";
    std::string inner;
    for (const std::string& expert : setting.experts)
        inner += (inner.empty() ? "" : "+") + expert;
    if (setting.experts == experts) inner = "all";
    return std::string(name_of(setting.mixing)) + "(" + inner + ")" +
           std::string(setting.common ? common_suffix : "");
}

std::optional<GridSetting> parse_setting(std::string_view text, const Names& experts) {
    if (text == "common") return GridSetting{Mixing::top1, {}, true};
    GridSetting setting;
    setting.common = text.ends_with(common_suffix);
    if (setting.common) text.remove_suffix(common_suffix.size());
    const auto open = text.find('(');
    if (open == std::string_view::npos || !text.ends_with(')')) return {};
    const auto mixing = value_named<Mixing>(text.substr(0, open));
    const std::string_view inner = text.substr(open + 1, text.size() - open - 2);
    if (!mixing || inner.empty()) return {};
    setting.mixing = *mixing;
    const Names named = split(inner);
    if (inner == "all") {
        setting.experts = experts;
    } else { // in the model's order; unknown ones last, for whoever wants to say so
        for (const Names& from : {experts, named})
            for (const std::string& name : from)
                if (std::ranges::count(named, name) > 0 && std::ranges::count(setting.experts, name) == 0)
                    setting.experts.push_back(name);
    }
    return setting;
}

const Names& experts_of(const RunSpec& spec) {
    return spec.modular->experts.empty() ? spec.data.domains : spec.modular->experts;
}

GridSetting main_setting(const RunSpec& spec) {
    return {Mixing::top1, experts_of(spec), has_common(spec)};
}

std::string fault_of_setting(std::string_view text, const RunSpec& spec) {
    if (text == "parameters" && !can_average_parameters(spec))
        return "needs experts that began from the same weights; set /modular/init to shared.";
    if (is_preset(text)) return {};
    const Names& experts = experts_of(spec);
    const auto setting = parse_setting(text, experts);
    if (!setting)
        return "must be a preset (all, singles, leave-one-out, common, average, posterior, parameters, "
               "paper) "
               "or such as top1(en+fr), average(all)+common, but is \"" +
               std::string(text) + "\".";
    for (const std::string& expert : setting->experts)
        if (std::ranges::count(experts, expert) == 0)
            return "names the expert " + expert + ", which the model does not have.";
    if (setting->common && !has_common(spec)) return "asks for the common expert, which only moe-ce has.";
    if (setting->mixing == Mixing::parameters) return fault_of_setting("parameters", spec);
    return {};
}

std::vector<GridSetting> grid_of(const RunSpec& spec) {
    Expansion expansion(spec);
    for (const std::string& entry : spec.evaluation->grid) {
        if (is_preset(entry))
            expansion.add_preset(entry);
        else if (const auto setting = parse_setting(entry, experts_of(spec)))
            expansion.add(*setting);
    }
    return expansion.take();
}

} // namespace retort
