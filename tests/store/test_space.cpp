// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/space.h"

#include "store/artifact_folder.h"
#include "store/process_identity.h"
#include "store_fixture.h"

#include <fcntl.h>
#include <set>
#include <sys/file.h>
#include <unistd.h>

using namespace retort;
namespace fs = std::filesystem;

namespace {

ArtifactRecipe tokenizer_of(int vocab) {
    return {"tokenizer",
            {{"corpus", "c0"},
             {"domains", {"en", "fr", "de", "py"}},
             {"tokenizer", {{"kind", "sentencepiece-bpe"}, {"vocab", vocab}}}}};
}
ArtifactRecipe tokens_of(int vocab) {
    return {
        "tokens",
        {{"corpus", "c0"}, {"domains", {"en", "fr", "de", "py"}}, {"tokenizer", tokenizer_of(vocab).fields}}};
}
ArtifactRecipe model_of(int vocab, const std::string& name, const Json& teacher = nullptr) {
    return {"model", {{"name", name}, {"tokens", tokens_of(vocab).fields}, {"teacher", teacher}}};
}

void write(const fs::path& file, std::size_t bytes = 10'000) {
    fs::create_directories(file.parent_path());
    std::ofstream(file) << std::string(bytes, 'x');
}

/// Artifacts of two vocabularies, and of what a study leaves.
struct Bench {
    TemporaryFolder folder;
    Workspace workspace{folder.path()};
    RunStore store{workspace};
    ArtifactFolder artifacts{workspace};

    std::string put(const ArtifactRecipe& recipe) {
        return artifacts.put(recipe, [](const fs::path& into) { write(into / "data"); }).id;
    }
    std::string run(const std::string& variant, RunStatus status, const std::string& model = {},
                    int vocab = 400) {
        RunPlan plan = plan_named("study", variant);
        plan.spec.data.tokenizer.vocab = vocab;
        const std::string id = store.begin(plan).id;
        Recorder recorder(workspace);
        recorder.accept(event_of(id, StatusChanged{status, "", model}));
        return id;
    }
    [[nodiscard]] std::set<std::string> planned(std::set<SpaceKind> kinds = SpaceChoice().kinds) const {
        std::set<std::string> names;
        for (const SpaceItem& item : plan_space(workspace, {std::move(kinds)}).items)
            names.insert(item.name);
        return names;
    }
    [[nodiscard]] bool has(const std::string& artifact) const {
        return fs::exists(workspace.artifacts() / artifact);
    }
};

using Names = std::set<std::string>;
const std::set<SpaceKind> all_kinds = {SpaceKind::cache, SpaceKind::leftover, SpaceKind::artifact,
                                       SpaceKind::binned};

} // namespace

class TestSpace : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatAStoredRunWasMadeFromStays() {
        Bench b;
        const std::string tokenizer = b.put(tokenizer_of(400)), tokens = b.put(tokens_of(400)),
                          teacher = b.put(model_of(400, "teacher")),
                          student = b.put(model_of(400, "student", model_of(400, "teacher").fields));
        const std::string other = b.put(model_of(400, "other")), alone = b.put(tokens_of(900));
        b.run("student", RunStatus::done, student);
        QCOMPARE(b.planned(), (Names{other, alone}));
        const SpaceUse use = measure_space(b.workspace);
        QCOMPARE(use.artifacts.size(), 6U);
        for (const ArtifactUse& one : use.artifacts)
            QCOMPARE(one.runs.empty(), one.artifact.id == other || one.artifact.id == alone);
    }
    void freeingTakesWhatWasPlannedAndNothingElse() {
        Bench b;
        const std::string model = b.put(model_of(400, "student")), tokens = b.put(tokens_of(400)),
                          other = b.put(model_of(400, "other"));
        b.run("student", RunStatus::done, model);
        write(b.workspace.folder() / "caches/hidden-1/en");
        const SpacePlan planned = plan_space(b.workspace, {});
        QVERIFY(b.has(other));
        const SpacePlan freed = free_space(b.workspace, {});
        QCOMPARE(freed.items.size(), 2U);
        QCOMPARE(freed.items.front().kind, SpaceKind::cache); // first
        QCOMPARE(freed.bytes(), planned.bytes());
        QVERIFY(freed.bytes() >= 20'000U);
        QVERIFY(!b.has(other) && b.has(model) && b.has(tokens));
        QVERIFY(!b.artifacts.find(other) && b.artifacts.find(model));
        QVERIFY(plan_space(b.workspace, {}).items.empty());
    }
    void aRunThatIsNotDoneKeepsAllItMayAskFor() {
        Bench b;
        const std::string tokens = b.put(tokens_of(400)), tokenizer = b.put(tokenizer_of(400)),
                          others = b.put(tokens_of(900)), teacher = b.put(model_of(400, "teacher"));
        const std::string trained = b.run("teacher", RunStatus::done, teacher);
        b.store.set_deleted(trained, true);
        b.run("student", RunStatus::stopped);
        QCOMPARE(b.planned(all_kinds), (Names{others, "study/teacher/1"}));
    }
    void theQueueKeepsWhatItsRunsMayAskFor() {
        Bench b;
        const std::string tokens = b.put(tokens_of(900));
        RunPlan plan = plan_named("later");
        plan.spec.data.tokenizer.vocab = 900;
        b.store.save_queue({plan});
        QCOMPARE(b.planned(), Names{});
        b.store.save_queue({});
        QCOMPARE(b.planned(), Names{tokens});
    }
    void artifactsThatASpecificationNamesStay() {
        Bench b;
        const std::string teacher = b.put(model_of(400, "teacher"));
        RunPlan plan = plan_named("study", "student");
        plan.spec.task = Task::distill;
        plan.spec.teacher.emplace().artifact = teacher;
        plan.spec.distill.emplace();
        const std::string id = b.store.begin(plan).id;
        {
            Recorder recorder(b.workspace);
            recorder.accept(event_of(id, StatusChanged{RunStatus::done, "", ""}));
        }
        QCOMPARE(b.planned(), Names{});
    }
    void whatIsInTheBinGoesOnRequest() {
        Bench b;
        const std::string tokens = b.put(tokens_of(400)), kept = b.put(model_of(400, "kept")),
                          binned = b.put(model_of(400, "binned"));
        b.run("kept", RunStatus::done, kept);
        const std::string id = b.run("binned", RunStatus::done, binned);
        write(b.workspace.run_folder(id) / "best/model");
        b.store.set_deleted(id, true);
        QCOMPARE(b.planned(), Names{});
        const std::string nobodys = b.put(model_of(400, "nobody's"));
        QCOMPARE(b.planned({SpaceKind::binned}), (Names{"study/binned/1", binned}));
        QCOMPARE(b.planned(all_kinds), (Names{"study/binned/1", binned, nobodys}));
        (void)free_space(b.workspace, {all_kinds});
        QVERIFY(!b.has(binned) && b.has(kept) && b.has(tokens));
        QVERIFY(!fs::exists(b.workspace.run_folder(id)));
        QCOMPARE(b.store.run(id).study, "study"); // its row and curves stay
    }
    void caches_data() {
        QTest::addColumn<bool>("isLive");
        QTest::addColumn<bool>("isCached");
        QTest::addColumn<bool>("mayGo");
        QTest::newRow("nobody trains") << false << true << true;
        QTest::newRow("trains without") << true << false << true;
        QTest::newRow("trains with") << true << true << false;
    }
    void caches() {
        QFETCH(bool, isLive);
        QFETCH(bool, isCached);
        Bench b;
        write(b.workspace.folder() / "caches/hidden-1/en");
        RunPlan plan = plan_named("study");
        if (isCached) plan.spec.run.teacher = TeacherMode::cached;
        const std::string id = b.store.begin(plan).id; // in the hands of this process, which lives
        Recorder recorder(b.workspace);
        if (!isLive) recorder.accept(event_of(id, StatusChanged{RunStatus::stopped, "", ""}));
        recorder.flush();
        QTEST(!b.planned().empty(), "mayGo");
        QCOMPARE(plan_space(b.workspace, {}).notices.size(), isLive && isCached ? 1U : 0U);
    }
    void whatIsBeingMadeStays() {
        Bench b;
        const std::string id = b.put(tokens_of(900));
        const int lock = ::open((b.workspace.artifacts() / ".locks" / id).c_str(), O_RDWR);
        QVERIFY(::flock(lock, LOCK_EX) == 0);
        QCOMPARE(b.planned(), Names{});
        ::close(lock);
        QCOMPARE(b.planned(), Names{id});
    }
    void leftoversAreWhatNobodyKnows() {
        Bench b;
        const std::string known = b.run("known", RunStatus::stopped);
        write(b.workspace.run_folder(known) / "checkpoints/1/state");
        write(b.workspace.run_folder("01UNKNOWN") / "checkpoints/1/state");
        write(b.workspace.artifacts() / "model-0123456789abcdef/data");
        QCOMPARE(b.planned(), (Names{"model-0123456789abcdef", "run 01UNKNOWN"}));
        QCOMPARE(b.planned({SpaceKind::cache}), Names{});
    }
    void noMoreThanIsNeededIsFreed() {
        Bench b;
        write(b.workspace.folder() / "caches/hidden-1/en", 50'000);
        const std::string artifact = b.put(tokens_of(900));
        SpaceChoice choice;
        choice.enough = 1000;
        (void)free_space(b.workspace, choice);
        QVERIFY(b.has(artifact));
        QVERIFY(!fs::exists(b.workspace.folder() / "caches/hidden-1"));
        choice.enough = 0;
        QVERIFY(plan_space(b.workspace, choice).items.empty());
    }
    void aSparseCacheCountsWhatItTakes() {
        Bench b;
        write(b.workspace.folder() / "caches/hidden-1/en", 100);
        fs::resize_file(b.workspace.folder() / "caches/hidden-1/en", 1 << 30);
        QVERIFY(measure_space(b.workspace).caches < 1 << 20);
    }
};

QTEST_GUILESS_MAIN(TestSpace)
#include "test_space.moc"
