// SPDX-License-Identifier: GPL-3.0-or-later
// What retortctl trace writes, replayed in stock PyTorch: every way to weigh, every divergence, every way to
// combine, and what is done at the ends of stages.
#include "ctl.h"

#include <QDir>
#include <QTest>

using namespace retort;

namespace {

// Twelve steps of two micro-batches. Each divergence meets a way to weigh, each way to weigh and to combine
// is there. Stages are of three steps each, but of four or three where there are 14 steps.
constexpr auto variants = R"({
    "defaults": {},
    "forward_kl, T": {"distill": {"temperature": 2, "scale_t2": true, "alpha": {"value": 0.2}}},
    "text-alone": {"distill": {"alpha": {"value": 1}}},
    "untied": {"model": {"tied": false}, "optim": {"decay": "cosine", "clip": 0.2, "lr": 0.01}},
    "reverse_kl, adaptive": {"distill": {"divergence": "reverse_kl", "alpha": {"mode": "adaptive", "history": 3}}},
    "jsd, dwa": {"distill": {"divergence": "jsd", "beta": 0.3, "temperature": 2, "alpha": {"mode": "dwa", "history": 2}}},
    "skew_kl, uncertainty": {"distill": {"divergence": "skew_kl", "skew": 0.3, "alpha": {"mode": "uncertainty", "rate": 0.2}}},
    "skew_reverse_kl, linear": {"distill": {"divergence": "skew_reverse_kl",
        "alpha": {"mode": "schedule", "value": 0.9, "end": 0.1}}},
    "tvd, cosine": {"distill": {"divergence": "tvd", "temperature": 0.5,
        "alpha": {"mode": "schedule", "decay": "cosine", "share": 0.8}}},
    "teacher_ce, wsd": {"distill": {"divergence": "teacher_ce", "mask": "inputs",
        "alpha": {"mode": "schedule", "decay": "wsd", "share": 0.3, "value": 0.3, "end": 1}}},
    "by-step": {"distill": {"combine": "alternating", "divergence": "reverse_kl"}},
    "by-micro-batch": {"distill": {"combine": "alternating", "alternate_per": "micro_batch"}},
    "paper": {"fidelity": "paper", "distill": {"alpha": {"mode": "adaptive", "history": 4}}},
    "paper, alternating": {"fidelity": "paper", "distill": {"combine": "alternating", "temperature": 2}},
    "paper, normal KL": {"fidelity": "paper", "schedule": {"kind": "cyclic", "block": 2}, "distill": {"divergence": "paper_normal_kl",
        "temperature": 2, "alpha": {"mode": "adaptive", "history": 2}}},
    "paper, label difference": {"fidelity": "paper", "optim": {"eps": 0.001}, "distill": {"divergence": "paper_label_difference"}},
    "jeet": {"task": "modular", "schedule": {"kind": "random"}},
    "jeet, own, one at a time": {"task": "modular", "modular": {"init": "own"}, "schedule": {"kind": "cyclic", "block": 1}},
    "moe-ce, by router": {"task": "modular", "modular": {"architecture": "moe-ce", "common_weight": 0.3, "route": "router"},
        "model": {"tied": false}},
    "paper, moe-ce": {"task": "modular", "fidelity": "paper", "modular": {"architecture": "moe-ce"},
        "schedule": {"kind": "cyclic", "block": 2}},
    "stages, paper": {"fidelity": "paper", "schedule": {"kind": "sequential"}, "optim": {"lr": 0.01, "warmup": 0.34},
        "distill": {"alpha": {"mode": "adaptive", "history": 4}}},
    "stages, running average": {"schedule": {"kind": "sequential", "rewarm": true},
        "optim": {"lr": 0.01, "warmup": 0.3, "tokens": 1792}, "remedies": {"average": {"kind": "running"}}},
    "stages, freezing": {"schedule": {"kind": "sequential"}, "model": {"layers": 2}, "optim": {"lr": 0.01},
        "remedies": {"freeze": {"layers": 1, "embeddings": true}}},
    "stages, ewc": {"schedule": {"kind": "sequential"}, "distill": {"alpha": {"value": 1}}, "optim": {"lr": 0.01},
        "remedies": {"ewc": {"strength": 100, "sequences": 3, "decay": 0.9}}},
    "stages, lwf": {"schedule": {"kind": "sequential"}, "distill": {"combine": "alternating"}, "optim": {"lr": 0.05},
        "remedies": {"lwf": {"weight": 0.7, "divergence": "reverse_kl", "temperature": 2}}},
    "stages, all": {"fidelity": "paper", "schedule": {"kind": "sequential", "moments": "carried"}, "model": {"layers": 2, "tied": false},
        "optim": {"lr": 0.01, "tokens": 1792}, "distill": {"divergence": "reverse_kl", "alpha": {"mode": "adaptive", "history": 3}},
        "remedies": {"replay": 0.3, "freeze": {"layers": 1}, "average": {"kind": "fixed", "share": 0.3},
            "ewc": {"strength": 100, "sequences": 3}, "lwf": {"weight": 0.5, "divergence": "jsd", "temperature": 2}}},
    "jeet, stages": {"task": "modular", "schedule": {"kind": "sequential", "moments": "fresh"}, "evaluation": {"route": "label"},
        "optim": {"lr": 0.01}, "remedies": {"ewc": {"strength": 100, "sequences": 3, "decay": 0.5},
            "lwf": {"weight": 1, "divergence": "skew_kl", "temperature": 2}}},
    "paper, jeet, stages": {"task": "modular", "fidelity": "paper", "schedule": {"kind": "sequential"}, "evaluation": {"route": "label"},
        "optim": {"lr": 0.01}, "remedies": {"freeze": {"embeddings": true}, "average": {"kind": "running"},
            "ewc": {"strength": 100, "sequences": 3}}}
})";

} // namespace

class TestTraceReplay : public QObject {
    Q_OBJECT
    test::Ctl ctl_;
    QStringList names_;

    /// Valid names for variants: what is read in a failure is what is trained.
    static QString file_name(const std::string& name) {
        return QString::fromStdString(name).remove(u',').replace(u' ', u'-');
    }

    [[nodiscard]] QString folder_of(const QString& name) const { return ctl_.path("trace-" + name); }

    QString write_study() {
        QFile file(ctl_.write_study("study.json"));
        if (!file.open(QIODevice::ReadOnly)) qFatal("cannot read");
        auto study = nlohmann::ordered_json::parse(file.readAll().toStdString());
        study["variants"] = nlohmann::ordered_json::object();
        const auto patches = nlohmann::ordered_json::parse(variants);
        for (const auto& [name, patch] : patches.items()) {
            names_ << file_name(name);
            study["variants"][names_.last().toStdString()] = patch;
        }
        return ctl_.write("study.json", QByteArray::fromStdString(study.dump()));
    }

private Q_SLOTS:
    void initTestCase() {
        QProcess judge;
        judge.start("/usr/bin/python3", {"-c", "import torch"});
        if (!judge.waitForFinished(-1) || judge.exitCode() != 0)
            QSKIP("python3-torch, the judge, is not installed");
        const auto run = ctl_(ctl_.in_workspace({"run", write_study()}));
        QVERIFY2(run.status == 0, run.error.right(500).constData()); // faults are said last
    }
    void runsAreTraced() {
        for (const QString& name : names_) {
            const auto trace = ctl_(ctl_.in_workspace(
                {"trace", "tiny/" + name + "/1", "--steps", "12", "--out", folder_of(name)}));
            QVERIFY2(trace.status == 0, trace.error.constData());
        }
    }
    void pyTorchComputesTheSame() {
        // In double what is left is the rounding of fp32: a tenth of what is allowed.
        QStringList arguments = {RETORT_SOURCE_DIR "/tests/reference/replay_trace.py", "--double",
                                 "--tolerance-grad=5e-5"};
        for (const QString& name : names_)
            arguments << folder_of(name);
        QProcess replay;
        replay.setProcessChannelMode(QProcess::MergedChannels);
        replay.start("/usr/bin/python3", arguments);
        replay.waitForFinished(-1);
        const QByteArray said = replay.readAll();
        if (replay.exitCode() != 0) qWarning("%s", said.constData());
        QCOMPARE(replay.exitCode(), 0);
        QCOMPARE(said.count("grad_norm"), names_.size()); // each was judged
    }
};

QTEST_GUILESS_MAIN(TestTraceReplay)
#include "test_trace_replay.moc"
