// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of the store share: a workspace in a temporary folder, plans and events.
#pragma once

#include "base/error.h"
#include "store/recorder.h"
#include "store/run_store.h"

#include <QTemporaryDir>
#include <QTest>
#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

namespace retort {

/// How long a condition may take on a machine that has much else to do.
inline constexpr int patience_ms = 60'000;

class TemporaryFolder {
public:
    [[nodiscard]] std::filesystem::path path(const std::string& name = "workspace") const {
        return std::filesystem::path(dir_.path().toStdString()) / name;
    }

private:
    QTemporaryDir dir_;
};

inline RunPlan plan_named(std::string study, std::string variant = "base", std::uint64_t seed = 1) {
    RunPlan plan{std::move(study), std::move(variant), seed, {}};
    plan.spec.task = Task::teacher;
    plan.spec.seed = seed;
    return plan;
}

inline RunEvent event_of(const std::string& run, decltype(RunEvent::what) what) {
    RunEvent event;
    event.run = run;
    event.what = std::move(what);
    return event;
}

inline SeriesKey train_series(std::string name, std::string domain = {}) {
    SeriesKey key;
    key.name = std::move(name);
    key.domain = std::move(domain);
    key.split = "train";
    return key;
}

inline StepMeasured step_of(std::int64_t step, std::vector<Metric> metrics) {
    return {step, step * 100, static_cast<double>(step) / 8, std::move(metrics)};
}

inline EvaluationRow row_of(std::string domain, double nll, std::int64_t tokens = 100) {
    EvaluationRow row;
    row.domain = std::move(domain);
    row.nll = nll;
    row.tokens = tokens;
    row.bytes = 3 * tokens;
    row.correct = tokens / 4;
    return row;
}

/// The sentence and the kind of the Error that `function` throws; the sentence is empty when it throws none.
struct Thrown {
    std::string sentence;
    ErrorKind kind = ErrorKind::internal;
    [[nodiscard]] bool says(std::string_view part) const { return sentence.find(part) != std::string::npos; }
};

inline Thrown error_of(const std::function<void()>& function) {
    try {
        function();
    } catch (const Error& error) {
        return {error.what(), error.kind()};
    }
    return {};
}

/// A look into the database with nothing of the store in between.
inline std::string look(const std::filesystem::path& database, const std::string& sql) {
    SQLite::Database connection(database.string());
    return connection.execAndGet(sql).getString();
}

inline void alter(const std::filesystem::path& database, const std::string& sql) {
    SQLite::Database connection(database.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    connection.exec(sql);
}

inline std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

} // namespace retort
