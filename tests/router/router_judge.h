// SPDX-License-Identifier: GPL-3.0-or-later
// Asks scikit-learn (tests/reference/router_reference.py) about texts, by two files of JSON.
#pragma once

#include "tests/nn/python.h"
#include "tests/router/synthetic_texts.h"

#include <QTemporaryDir>
#include <fstream>
#include <nlohmann/json.hpp>

namespace retort::test {

struct Judgement {
    nlohmann::json answer; ///< null: it failed, as `output` says
    QString output;
};

inline nlohmann::json question(const Texts& train, const Texts& test, nlohmann::json more) {
    more["train"] = train.tokens;
    more["labels"] = train.labels;
    more["test"] = test.tokens;
    more["test_labels"] = test.labels;
    return more;
}

inline Judgement ask_judge(const nlohmann::json& questions) {
    const QTemporaryDir folder;
    const std::string in = folder.filePath(QStringLiteral("in.json")).toStdString();
    const std::string out = folder.filePath(QStringLiteral("out.json")).toStdString();
    std::ofstream(in) << questions;
    const PythonResult result =
        run_python({QStringLiteral(RETORT_SOURCE_DIR "/tests/reference/router_reference.py"),
                    QString::fromStdString(in), QString::fromStdString(out)});
    if (result.status != 0) return {nullptr, result.output};
    std::ifstream file(out);
    return {nlohmann::json::parse(file), result.output};
}

} // namespace retort::test
