// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/artifact_folder.h"

#include "base/sha256.h"
#include "store_fixture.h"

#include <atomic>
#include <thread>

using namespace retort;
namespace fs = std::filesystem;

namespace {

const ArtifactRecipe recipe = {"tokenizer", Json{{"vocab", 4000}, {"data", {{"corpus", "c"}, {"seed", 1}}}}};

void fill_with_two_files(const fs::path& folder) {
    std::ofstream(folder / "b") << "second";
    fs::create_directory(folder / "a");
    std::ofstream(folder / "a" / "x") << "first";
}

struct Store {
    TemporaryFolder folder;
    Workspace workspace{folder.path()};
    ArtifactFolder artifacts{workspace};
};

} // namespace

class TestArtifactFolder : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void idIsTheHashOfTheRecipe() {
        const auto text = [](int revision, const std::string& kind) {
            return R"({"arithmetic_revision":)" + std::to_string(revision) +
                   R"(,"fields":{"data":{"corpus":"c","seed":1},"vocab":4000},"kind":)" + Json(kind).dump() +
                   "}";
        };
        QCOMPARE(artifact_id(recipe), "tokenizer-" + sha256_of(text(1, "tokenizer")).substr(0, 16));
        ArtifactRecipe model = recipe;
        model.kind = "model";
        QCOMPARE(artifact_id(model), "model-" + sha256_of(text(arithmetic_revision, "model")).substr(0, 16));
    }
    void orderOfKeysDoesNotMatterAndEveryFieldDoes() {
        const ArtifactRecipe turned = {"tokenizer",
                                       Json{{"data", {{"seed", 1}, {"corpus", "c"}}}, {"vocab", 4000}}};
        QCOMPARE(artifact_id(turned), artifact_id(recipe));
        ArtifactRecipe other = recipe;
        other.fields["data"]["seed"] = 2;
        QVERIFY(artifact_id(other) != artifact_id(recipe));
        other = recipe;
        other.kind = "tokens";
        QVERIFY(artifact_id(other).substr(7) != artifact_id(recipe).substr(10));
    }
    void whatIsPutIsFound() {
        Store s;
        QVERIFY(!s.artifacts.find(recipe));
        const Artifact put = s.artifacts.put(recipe, fill_with_two_files);
        QCOMPARE(put.id, artifact_id(recipe));
        QCOMPARE(put.kind, "tokenizer");
        QCOMPARE(put.bytes, std::uint64_t{11});
        QCOMPARE(put.sha256, sha256_of(std::string("a/x") + '\0' + sha256_of("first") + "\nb" + '\0' +
                                       sha256_of("second") + "\n"));
        QCOMPARE(bytes_of(put.folder / "a" / "x"), "first");
        for (const auto& found : {ArtifactFolder(s.workspace).find(recipe), s.artifacts.find(put.id)}) {
            QVERIFY(found.has_value());
            QCOMPARE(found->folder, put.folder);
            QCOMPARE(found->sha256, put.sha256);
            QCOMPARE(found->bytes, put.bytes);
        }
        QVERIFY(!s.artifacts.find(std::string("tokenizer-none")));
        QCOMPARE(s.artifacts.list().size(), std::size_t{1});
        QCOMPARE(s.artifacts.list()[0].id, put.id);
        QVERIFY(nlohmann::json(s.artifacts.recipe_fields(put.id)) == nlohmann::json(recipe.fields));
        QVERIFY(s.artifacts.recipe_fields("tokenizer-none").is_null());
    }
    void whatIsThereIsNotMadeAgain() {
        Store s;
        s.artifacts.put(recipe, fill_with_two_files);
        bool made = false;
        s.artifacts.put(recipe, [&](const fs::path&) { made = true; });
        QVERIFY(!made);
    }
    void failureLeavesNothing() {
        Store s;
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, s.artifacts.put(recipe, [](const fs::path& folder) {
            std::ofstream(folder / "half") << "x";
            throw std::runtime_error("cut");
        }));
        QVERIFY(!s.artifacts.find(recipe));
        QVERIFY(!fs::exists(s.workspace.artifacts() / artifact_id(recipe)));
        QVERIFY(s.artifacts.list().empty());
        s.artifacts.put(recipe, fill_with_two_files);
        QVERIFY(s.artifacts.find(recipe).has_value());
    }
    void damagedCountsAsAbsentAndIsMadeAgain_data() {
        QTest::addColumn<QString>("damage");
        for (const char* damage : {"byte", "missing file", "added file", "renamed file", "missing folder"})
            QTest::newRow(damage) << damage;
    }
    void damagedCountsAsAbsentAndIsMadeAgain() {
        QFETCH(QString, damage);
        Store s;
        const fs::path folder = s.artifacts.put(recipe, fill_with_two_files).folder;
        if (damage == "byte") std::ofstream(folder / "b") << "secone";
        if (damage == "missing file") fs::remove(folder / "b");
        if (damage == "added file") std::ofstream(folder / "c") << "";
        if (damage == "renamed file") fs::rename(folder / "b", folder / "c");
        if (damage == "missing folder") fs::remove_all(folder);
        ArtifactFolder artifacts(s.workspace);
        QVERIFY(!artifacts.find(recipe));
        artifacts.put(recipe, fill_with_two_files);
        QVERIFY(ArtifactFolder(s.workspace).find(recipe).has_value());
        QCOMPARE(bytes_of(folder / "b"), "second");
    }
    void folderThatWasNeverRegisteredIsReplaced() {
        Store s;
        const fs::path folder = s.workspace.artifacts() / artifact_id(recipe);
        fs::create_directories(folder);
        std::ofstream(folder / "left by a crash") << "x";
        QVERIFY(!s.artifacts.find(recipe));
        s.artifacts.put(recipe, fill_with_two_files);
        QVERIFY(!fs::exists(folder / "left by a crash"));
        QVERIFY(ArtifactFolder(s.workspace).find(recipe).has_value());
    }
    void threadsThatWantTheSameMakeItOnce() {
        Store s;
        std::atomic<int> made{0};
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 8; ++i)
                threads.emplace_back([&] {
                    s.artifacts.put(recipe, [&](const fs::path& folder) {
                        ++made;
                        fill_with_two_files(folder);
                    });
                });
        }
        QCOMPARE(made.load(), 1);
        QVERIFY(ArtifactFolder(s.workspace).find(recipe).has_value());
    }
};

QTEST_APPLESS_MAIN(TestArtifactFolder)
#include "test_artifact_folder.moc"
