// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/progress_view.h"

#include "analysis/confusion.h"
#include "analysis/evaluation.h"
#include "spec/event_json.h"

#include <algorithm>
#include <fmt/core.h>
#include <fmt/format.h>

namespace retort::ctl {
namespace {

constexpr auto redraw_interval = std::chrono::milliseconds(100);
constexpr int bar_width = 24;

std::string bar(double share) {
    const int full = static_cast<int>(std::clamp(share, 0.0, 1.0) * bar_width);
    return "[" + std::string(static_cast<std::size_t>(full), '#') +
           std::string(static_cast<std::size_t>(bar_width - full), '.') + "]";
}

std::string minutes(double seconds) {
    const auto whole = static_cast<long long>(seconds + 0.5);
    if (whole >= 3600) return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
    return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

double metric_named(const StepMeasured& e, std::string_view name) {
    const auto found =
        std::ranges::find_if(e.metrics, [&](const Metric& m) { return m.series.name == name; });
    return found == e.metrics.end() ? 0 : found->value;
}

} // namespace

void ProgressView::name_run(const std::string& id, const std::string& label) {
    const std::lock_guard lock(mutex_);
    runs_[id].label = label;
}

void ProgressView::accept(const RunEvent& event) {
    const std::lock_guard lock(mutex_);
    if (style_ == Style::json) {
        fmt::print("{}\n", to_json(event).dump());
        std::fflush(stdout);
        return;
    }
    Seen& run = runs_[event.run];
    if (run.label.empty()) run.label = event.run;
    std::visit([&](const auto& what) { show(run, what); }, event.what);
}

void ProgressView::finish() {
    const std::lock_guard lock(mutex_);
    if (moving_width_ > 0) fmt::print(stderr, "\n");
    moving_width_ = 0;
}

void ProgressView::show(Seen& run, const RunStarted& e) {
    run.total_steps = e.total_steps;
    run.tokens_per_step = e.tokens_per_step;
    run.first_step = run.step = e.resumed_from_step;
    run.began = std::chrono::steady_clock::now();
    fixed_line(fmt::format(
        "{}: {} steps of {} tokens, {} parameters, {} on {}, {} threads{}", run.label, e.total_steps,
        e.tokens_per_step, e.parameters.total, e.resolved.precision, e.resolved.device, e.resolved.threads,
        e.resumed_from_step > 0 ? fmt::format(", from step {}", e.resumed_from_step) : ""));
}

void ProgressView::show(Seen& run, const StepMeasured& e) {
    if (e.metrics.empty()) return; // of a router, which says its progress itself
    const auto now = std::chrono::steady_clock::now();
    const double seconds = std::chrono::duration<double>(now - run.began).count();
    run.step = e.step;
    run.loss = metric_named(e, "loss");
    run.rate = static_cast<double>((e.step - run.first_step) * run.tokens_per_step) / std::max(seconds, 1e-9);
    if (style_ != Style::terminal || (now - last_drawn_ < redraw_interval && e.step < run.total_steps))
        return;
    last_drawn_ = now;
    const double share = static_cast<double>(e.step) / static_cast<double>(run.total_steps);
    const double left =
        static_cast<double>((run.total_steps - e.step) * run.tokens_per_step) / std::max(run.rate, 1e-9);
    moving_line(fmt::format("{} {} {:3.0f} %  step {}/{}  loss {:.3f}  {:.0f} tokens/s  {} left", run.label,
                            bar(share), 100 * share, e.step, run.total_steps, run.loss, run.rate,
                            minutes(left)));
}

void ProgressView::show(Seen& run, const Evaluated& e) {
    if (style_ != Style::log && e.step != run.total_steps && e.step != 0) return;
    std::string text = fmt::format("{}: step {}/{}", run.label, e.step, run.total_steps);
    if (e.step > run.first_step) text += fmt::format("  loss {:.3f}  {:.0f} tokens/s", run.loss, run.rate);
    text += "  perplexity";
    for (const EvaluationRow& row : headline(e.rows))
        text += fmt::format("  {} {:.1f}", row.domain, perplexity(row));
    fixed_line(text);
}

void ProgressView::show(Seen& run, const RoutingEvaluation& e) {
    const ConfusionMatrix matrix = headline_matrix(e);
    const std::string what = e.length == 0 ? "whole articles" : fmt::format("{} tokens", e.length);
    fixed_line(fmt::format("{}: {} {}, {} inputs, weighted F1 {:.4f} %", run.label, e.split, what,
                           matrix.total(), 100 * weighted_scores(matrix).f1));
}

void ProgressView::show(Seen&, const CheckpointSaved&) {}

void ProgressView::show(Seen& run, const Progressed& e) {
    if (style_ == Style::log && run.phase != e.phase) fixed_line(run.label + ": " + e.phase);
    run.phase = e.phase;
    if (style_ != Style::terminal || e.total <= 0) return;
    moving_line(fmt::format("{} {} {}", run.label, bar(e.done / e.total), e.phase));
}

void ProgressView::show(Seen& run, const Notice& e) {
    fixed_line(run.label + ": " + e.text);
}

void ProgressView::show(Seen& run, const StatusChanged& e) {
    if (e.status == RunStatus::running) return;
    fixed_line(
        fmt::format("{}: {}{}", run.label, name_of(e.status), e.reason.empty() ? "" : ". " + e.reason));
}

void ProgressView::moving_line(const std::string& text) {
    std::string padded = text;
    if (padded.size() < moving_width_) padded.append(moving_width_ - padded.size(), ' ');
    fmt::print(stderr, "\r{}", padded);
    std::fflush(stderr);
    moving_width_ = text.size();
}

void ProgressView::fixed_line(const std::string& text) {
    if (moving_width_ > 0) fmt::print(stderr, "\r{}\r", std::string(moving_width_, ' '));
    moving_width_ = 0;
    fmt::print(stderr, "{}\n", text);
}

} // namespace retort::ctl
