// SPDX-License-Identifier: GPL-3.0-or-later
// The recipe's program is replaced by one that needs no network: a script in the same interface.
#include "base/child_process.h"
#include "base/error.h"
#include "base/files.h"
#include "data/corpus_recipe.h"
#include "support/tiny_corpus.h"

#include <QTemporaryDir>
#include <QTest>
#include <functional>

using namespace retort;
namespace fs = std::filesystem;

namespace {

std::string error_of(ErrorKind kind, const std::function<void()>& act) {
    try {
        act();
    } catch (const Error& error) {
        return error.kind() == kind ? error.what() : "";
    }
    return {};
}

/// Copies the folder beside it to --out, as a recipe would write there.
const std::string copying = R"(
import os, shutil, sys
out = sys.argv[sys.argv.index("--out") + 1]
print("progress 0.5 package a b", flush=True)
print("progress nonsense", flush=True)
for name in os.listdir("SOURCE"): shutil.copy(os.path.join("SOURCE", name), out)
)";

} // namespace

class TestCorpusRecipe : public QObject {
    Q_OBJECT
    QTemporaryDir dir_;
    [[nodiscard]] fs::path path(const char* name) const { return fs::path(dir_.path().toStdString()) / name; }

    /// debian-small with another program.
    CorpusRecipe recipe(std::string program) {
        fs::create_directories(path("recipe"));
        if (const auto place = program.find("SOURCE"); place != std::string::npos)
            for (auto p = place; p != std::string::npos; p = program.find("SOURCE"))
                program.replace(p, 6, path("source").string());
        write_file_atomically(path("recipe") / "build_corpus.py", program);
        write_file_atomically(path("recipe") / "corpus_text.py", "");
        fs::copy_file(recipe_folder() / "corpus_sources.json", path("recipe") / "corpus_sources.json",
                      fs::copy_options::overwrite_existing);
        return load_recipe("debian-small", path("recipe"));
    }
    /// Files of a tiny corpus with a manifest in which py has `tokens` and the others 1000.
    void write_source(int tokens) {
        test::write_tiny_corpus(path("source"));
        Json files = Json::object();
        for (const std::string domain : {"en", "fr", "de", "py"})
            for (const std::string split : {"train", "valid"})
                files[split + "." + domain + ".jsonl"] = {
                    {"estimated_tokens", domain == "py" ? tokens : 1000}};
        write_file_atomically(path("source") / "manifest.json",
                              Json{{"files", files}, {"tier", "small"}}.dump());
    }
    static bool has_python() { return find_program("python3").has_value(); }

private Q_SLOTS:
    void init() { qputenv("XDG_CACHE_HOME", path("cache").c_str()); }
    void cleanup() { fs::remove_all(path("cache")); }

    void recipesAreThere() {
        for (const std::string& name : corpus_recipes()) {
            const CorpusRecipe recipe = load_recipe(name, recipe_folder());
            QVERIFY(recipe.sources["tiers"].contains(recipe.tier));
            QCOMPARE(recipe.sha256.size(), std::size_t{64});
        }
        QVERIFY(load_recipe("debian-small", recipe_folder()).sha256 !=
                load_recipe("debian-large", recipe_folder()).sha256);
        QVERIFY(error_of(ErrorKind::data, [] { build_corpus("debian-huge", {}); }).find("debian-huge") !=
                std::string::npos);
    }
    void otherReleasesAreRefused_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("small");
        QTest::addColumn<bool>("large");
        QTest::newRow("12")
            << QByteArray("PRETTY_NAME=\"Debian GNU/Linux 12\"\nID=debian\nVERSION_CODENAME=bookworm\n")
            << true << true;
        QTest::newRow("13")
            << QByteArray("PRETTY_NAME=\"Debian GNU/Linux 13\"\nID=debian\nVERSION_CODENAME=trixie\n") << true
            << false;
        QTest::newRow("other") << QByteArray("PRETTY_NAME=Fedora\nID=fedora\n") << false << false;
        QTest::newRow("none") << QByteArray() << false << false;
    }
    void otherReleasesAreRefused() {
        QFETCH(QByteArray, text);
        QFETCH(bool, small);
        QFETCH(bool, large);
        write_file_atomically(path("os-release"), text.toStdString());
        const auto refusal = [&](const char* name) {
            const CorpusRecipe recipe = load_recipe(name, recipe_folder());
            const fs::path file = path(text.isEmpty() ? "none" : "os-release");
            return error_of(ErrorKind::data, [&] { check_release(recipe, file); });
        };
        const std::string of_small = refusal("debian-small"), of_large = refusal("debian-large");
        QCOMPARE(of_small.empty(), small);
        QCOMPARE(of_large.empty(), large);
        const auto says = [](const std::string& error, const char* part) {
            return error.empty() || error.find(part) != std::string::npos;
        };
        QVERIFY2(says(of_small, " is for Debian 12 (bookworm) and Debian 13 (trixie), "), of_small.c_str());
        QVERIFY2(says(of_large, " is for Debian 12 (bookworm), "), of_large.c_str());
    }
    void imbalanceAboveFivePercentIsRefused() {
        const auto manifest = [](int de) {
            return Json{{"files",
                         {{"train.en.jsonl", {{"estimated_tokens", 1000}}},
                          {"train.de.jsonl", {{"estimated_tokens", de}}},
                          {"valid.en.jsonl", {{"estimated_tokens", 10}}},
                          {"valid.de.jsonl", {{"estimated_tokens", 10}}}}}};
        };
        check_balance("x", manifest(950));
        QVERIFY(error_of(ErrorKind::data, [&] { check_balance("x", manifest(949)); }).find("train split") !=
                std::string::npos);
    }
    void buildKeepsCountsAndRecipe() {
        if (!has_python()) QSKIP("python3 is not installed");
        write_source(1000);
        std::vector<std::pair<std::string, double>> seen;
        const CorpusRecipe made = recipe(copying);
        const Corpus corpus = build_from_recipe(
            made, [&](const std::string& phase, double done) { seen.emplace_back(phase, done); }, {});
        QCOMPARE(seen, (std::vector<std::pair<std::string, double>>{{"package a b", 0.5}, {"done", 1.0}}));
        QCOMPARE(corpus.name, "debian-small");
        QCOMPARE(corpus.manifest["recipe"]["sha256"].get<std::string>(), made.sha256);
        QCOMPARE(corpus.manifest["tier"].get<std::string>(), "small");
        QCOMPARE(corpus.manifest["files"]["train.en.jsonl"]["estimated_tokens"].get<int>(), 1000);
        QCOMPARE(open_corpus("debian-small").identity(), corpus.identity());
    }
    void failuresLeaveNothing() {
        if (!has_python()) QSKIP("python3 is not installed");
        write_source(900);
        const auto build = [&](const std::string& program) {
            return error_of(ErrorKind::data, [&] { build_from_recipe(recipe(program), {}, {}); });
        };
        QVERIFY(build(copying).find("5 %") != std::string::npos);
        QCOMPARE(build("import sys; print('This is why.', file=sys.stderr); sys.exit(3)"), "This is why.");
        QVERIFY(build("raise KeyError('broken')").find("KeyError: 'broken'") != std::string::npos);
        QVERIFY(build("import os; os.kill(os.getpid(), 9)").find("signal 9") != std::string::npos);
        QVERIFY(build("").find("has no files") != std::string::npos);
        QVERIFY(!fs::exists(corpora_folder()) || fs::is_empty(corpora_folder()));
    }
    void stopEndsTheBuild() {
        if (!has_python()) QSKIP("python3 is not installed");
        std::stop_source stop;
        const auto progress = [&](const std::string&, double) { stop.request_stop(); };
        const CorpusRecipe endless =
            recipe("import time; print('progress 0.1 x', flush=True); time.sleep(1000)");
        QVERIFY(!error_of(ErrorKind::interrupted, [&] {
                     build_from_recipe(endless, progress, stop.get_token());
                 }).empty());
        QVERIFY(fs::is_empty(corpora_folder()));
    }
    void missingAptIsOneSentence() {
        if (!fs::exists("/usr/bin/python3")) QSKIP("python3 is not installed");
        const QByteArray old = qgetenv("PATH");
        qputenv("PATH", path("empty").c_str());
        const std::string error = error_of(
            ErrorKind::data, [] { build_from_recipe(load_recipe("debian-small", recipe_folder()), {}, {}); });
        qputenv("PATH", old);
        QVERIFY2(error.starts_with("The program apt-get is not installed; Debian 1"), error.c_str());
    }
};

QTEST_APPLESS_MAIN(TestCorpusRecipe)
#include "test_corpus_recipe.moc"
