// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/liblinear.h"

#include "base/error.h"
#include "base/philox.h"
#include "router/parts.h"

#include <algorithm>
#include <climits>
#include <cstdlib>
#include <linear.h>
#include <memory>
#include <mutex>

namespace retort {
namespace {

constexpr double tolerance = 1e-5;

/// The rows as LIBLINEAR wants them: columns from 1, the intercept as one column more, an end mark.
class Problem {
public:
    Problem(const SparseRows& rows, std::span<const std::size_t> chosen)
        : width_(static_cast<int>(rows.columns) + 1) {
        std::size_t values = 0;
        for (const std::size_t i : chosen)
            values += rows.row(i).columns.size() + 2;
        nodes_.reserve(values);
        for (const std::size_t i : chosen) {
            const SparseRow row = rows.row(i);
            begins_.push_back(nodes_.data() + nodes_.size());
            for (std::size_t j = 0; j < row.columns.size(); ++j)
                nodes_.push_back({row.columns[j] + 1, row.values[j]});
            nodes_.push_back({width_, 1});
            nodes_.push_back({-1, 0});
        }
    }

    [[nodiscard]] problem with(std::vector<double>& targets) {
        problem view{};
        view.l = static_cast<int>(begins_.size());
        view.n = width_;
        view.y = targets.data();
        view.x = begins_.data();
        view.bias = 1;
        return view;
    }
    /// Without values there is nothing left to learn, and the optimiser comes to its end at once.
    void empty_rows() {
        for (feature_node* row : begins_)
            row->index = -1;
    }

private:
    int width_;
    std::vector<feature_node> nodes_;
    std::vector<feature_node*> begins_;
};

/// LIBLINEAR has no way to stop it, but it reports every few passes, from the thread that called it. To throw
/// from there would leak what it holds.
struct Watched {
    Problem* problem;
    const std::stop_token* stop;
};
thread_local Watched* watched = nullptr;

void hear(const char*) {
    if (watched != nullptr && watched->stop->stop_requested()) watched->problem->empty_rows();
}

parameter parameters(double c) {
    parameter result{};
    result.solver_type = L2R_L2LOSS_SVC_DUAL;
    result.eps = tolerance;
    result.C = c;
    result.p = 0.1;
#if LIBLINEAR_VERSION >= 240
    result.nu = 0.5;
    result.regularize_bias = 1;
#endif
    return result;
}

struct ModelDeleter {
    void operator()(model* trained) const { free_and_destroy_model(&trained); }
};

Hyperplane train_one(Problem& rows, std::vector<double>& targets, double c) {
    problem view = rows.with(targets);
    const parameter settings = parameters(c);
    const std::unique_ptr<model, ModelDeleter> trained(train(&view, &settings));
    const auto width = static_cast<std::size_t>(view.n);
    // Weights are for the class that it saw first.
    const double sign = trained->label[0] == 1 ? 1 : -1;
    Hyperplane plane;
    for (std::size_t j = 0; j + 1 < width; ++j)
        plane.weights.push_back(sign * trained->w[j]);
    plane.intercept = sign * trained->w[width - 1];
    return plane;
}

} // namespace

std::vector<Hyperplane> separate(const SparseRows& rows, std::span<const std::int32_t> labels,
                                 std::span<const std::size_t> chosen, std::size_t classes, double c,
                                 std::uint64_t seed, const std::stop_token& stop) {
    if (rows.columns >= INT_MAX || chosen.size() >= INT_MAX)
        throw Error(ErrorKind::data, "The texts are too many for a support vector machine; take logistic.");
    static std::mutex one_at_a_time;
    const std::lock_guard lock(one_at_a_time);
    set_print_string_function(hear);
    Problem problem(rows, chosen);
    Watched mine{&problem, &stop};
    std::vector<Hyperplane> planes;
    for (std::size_t k = 0; k < classes; ++k) {
        std::vector<double> targets;
        for (const std::size_t i : chosen)
            targets.push_back(labels[i] == static_cast<std::int32_t>(k) ? 1 : -1);
        const bool has_both = std::ranges::count(targets, targets.front()) != std::ssize(targets);
        if (!has_both) { // nothing to separate: all of it, or none
            planes.push_back({std::vector<double>(static_cast<std::size_t>(rows.columns)), targets.front()});
            continue;
        }
        std::srand(static_cast<unsigned>(RandomStream(seed, "router", "svm").bits(k, 0)));
        watched = &mine;
        planes.push_back(train_one(problem, targets, c));
        watched = nullptr;
        check_stop(stop);
    }
    return planes;
}

} // namespace retort
