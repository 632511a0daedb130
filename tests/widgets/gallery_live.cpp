// SPDX-License-Identifier: GPL-3.0-or-later
// gallery_live
// live|experts|stages|forgetting|forgetting-live|samples|samples-fr|finished|empty|runs|no-runs|figure WIDTH
// HEIGHT light|dark FILE.png: draws a page with sample data (or exports its first plot), for a person to look
// at.
#include "tests/widgets/gallery.h"
#include "tests/widgets/sample_forgetting.h"
#include "widgets/pages/live_page.h"
#include "widgets/pages/runs_page.h"

#include <QComboBox>
#include <QTabWidget>
#include <array>

using namespace retort;

namespace {

QWidget* livePage(std::int64_t steps, RunStatus status) {
    auto* page = new LivePage;
    RunRecord record = sampleRecord("01", "adaptive", 1, status, steps, 4000);
    record.summary.loss = 3.5;
    record.spec = to_json(read_run_spec(Json::object()).spec);
    record.best = BestEvaluation{steps / 100 * 100, 3.48};
    page->showRun(record, sampleHistory(steps));
    return page;
}

RunRecord sampleRow(int i) {
    constexpr std::array statuses = {
        RunStatus::done,     RunStatus::done,   RunStatus::done,   RunStatus::stopped,     RunStatus::running,
        RunStatus::diverged, RunStatus::failed, RunStatus::queued, RunStatus::interrupted, RunStatus::paused};
    const RunStatus status = statuses[static_cast<std::size_t>(i) % statuses.size()];
    const std::int64_t steps = status == RunStatus::done     ? 4000
                               : status == RunStatus::queued ? 0
                                                             : 400 * (i % 9 + 1);
    const std::string id = "01JPA4M3V" + std::to_string(10000 + i);
    RunRecord record = sampleRecord(id, i % 2 == 0 ? "fixed" : "adaptive",
                                    static_cast<std::uint64_t>(i / 2 + 1), status, steps, 4000);
    if (status == RunStatus::diverged) record.reason = "The loss was NaN at step 2,812.";
    if (steps == 0) return record;
    for (std::size_t domain = 0; domain < sampleDomains.size(); ++domain) {
        const EvaluationRow row = sampleEvaluation(steps + i, domain);
        record.summary.perplexity[row.domain] = std::exp(row.nll / 8192);
        record.summary.accuracy[row.domain] = static_cast<double>(row.correct) / 8192;
    }
    record.summary.loss = sampleLoss(steps + i, 3.37);
    record.best = BestEvaluation{steps / 100 * 100, *record.summary.loss - 0.004};
    return record;
}

QWidget* expertsPage(std::int64_t steps) {
    LiveHistory history = sampleHistory(steps);
    std::mt19937_64 random(3);
    std::normal_distribution<double> noise(0, 0.15);
    for (const std::string& expert : sampleDomains) {
        history.series.push_back({{"utilisation", "", expert, "", "train"}, {}, {}});
        for (std::int64_t step = 1; step <= steps; ++step) {
            history.series.back().steps.push_back(step);
            history.series.back().values.push_back(1 + noise(random));
        }
    }
    std::vector<LiveHistory::Evaluation> all;
    for (LiveHistory::Evaluation& evaluation : history.evaluations) {
        all.push_back(evaluation);
        evaluation.row.expert = evaluation.row.domain;
        evaluation.row.nll *= 1.03;
        all.push_back(evaluation);
    }
    history.evaluations = std::move(all);
    auto* page = new LivePage;
    RunRecord record = sampleRecord("01", "jeet", 1, RunStatus::running, steps, 4000);
    record.spec = to_json(read_run_spec(Json::object()).spec);
    page->showRun(record, history);
    return page;
}

QWidget* forgettingPage(std::int64_t steps, int view) {
    auto* page = new LivePage;
    const RunSpec spec = sequentialSpec();
    const RunStatus status = steps < total_steps(spec) ? RunStatus::running : RunStatus::done;
    page->showRun(sequentialRecord(spec, "sequential", 1, status, steps), fadingHistory(spec, steps));
    page->findChild<QTabWidget*>(QStringLiteral("liveViews"))->setCurrentIndex(view);
    return page;
}

QWidget* runsPage(int count) {
    auto* page = new RunsPage;
    std::vector<RunRecord> runs;
    for (int i = 0; i < count; ++i)
        runs.push_back(sampleRow(i));
    page->setRuns(runs);
    if (count > 0) page->selectRun(QString::fromStdString(runs[3].id));
    return page;
}

QWidget* samplesPage(const QString& domain) {
    LiveHistory history = sampleHistory(1380);
    for (const std::int64_t step : {200, 600, 1000}) {
        const std::string more = step < 1000 ? " and the and the of the" : " of the Seine, whose bridges";
        history.samples.push_back({step, {"en", "The city lies on the banks", more}});
        history.samples.push_back(
            {step, {"fr", "La ville est", step < 600 ? " de de la la" : " bâtie au bord de"}});
        history.samples.push_back(
            {step, {"py", "def area(r):\n", step < 600 ? "    )))" : "    return 3.14 * r"}});
    }
    auto* page = new LivePage;
    RunRecord record = sampleRecord("01", "adaptive", 1, RunStatus::running, 1380, 4000);
    page->showRun(record, history);
    page->findChild<QTabWidget*>(QStringLiteral("liveTexts"))->setCurrentIndex(1);
    auto* box = page->findChild<QComboBox*>(QStringLiteral("sampleDomain"));
    box->setCurrentIndex(box->findData(domain));
    return page;
}

QWidget* createPage(const QString& name) {
    if (name == "live") return livePage(1380, RunStatus::running);
    if (name == "experts") return expertsPage(1380);
    if (name == "stages") return forgettingPage(130, 0);
    if (name == "forgetting") return forgettingPage(200, 1);
    if (name == "forgetting-live") return forgettingPage(130, 1);
    if (name == "samples") return samplesPage({});
    if (name == "samples-fr") return samplesPage(QStringLiteral("fr"));
    if (name == "figure") return livePage(4000, RunStatus::done);
    if (name == "finished") return livePage(4000, RunStatus::done);
    if (name == "runs") return runsPage(40);
    if (name == "no-runs") return runsPage(0);
    if (name == "empty") return new LivePage;
    return nullptr;
}

} // namespace

int main(int argc, char** argv) {
    const QApplication app(argc, argv);
    return runGallery([](const QString& name) { return std::unique_ptr<QWidget>(createPage(name)); });
}
