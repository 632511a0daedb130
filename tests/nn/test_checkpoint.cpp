// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "base/files.h"
#include "nn/checkpoint.h"
#include "nn/safetensors.h"

#include <ATen/ATen.h>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

using namespace retort;
namespace fs = std::filesystem;

namespace {

constexpr Gpt2Shape tiny = {1, 8, 2, 11, 5, true};

Trainee trainee(std::uint64_t seed) {
    return Trainee(tiny, OptimSpec{}, seed, at::kFloat, at::kCPU);
}

void one_update(Trainee& model) {
    const at::Tensor windows = at::arange(12, at::kLong).view({2, 6}) % tiny.vocab;
    std::vector<LossTerm> terms(1);
    terms[0].normaliser = 10;
    ShareTeam team(1);
    std::vector<BatchShare> shares = cut_batch(windows, team, at::kCPU);
    model.accumulate({team, shares, terms, {}});
    model.update(1e-2, model.gradient_norm(), 1.0);
}

bool same(const std::vector<NamedTensor>& a, const std::vector<NamedTensor>& b) {
    for (std::size_t i = 0; i < a.size(); ++i)
        if (a[i].name != b[i].name || !a[i].tensor.equal(b[i].tensor)) return false;
    return a.size() == b.size();
}

void truncate(const fs::path& file, std::uintmax_t bytes) {
    fs::resize_file(file, fs::file_size(file) - bytes);
}

} // namespace

class TestCheckpoint : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> dir_;
    [[nodiscard]] fs::path path(const char* name = "") const {
        return fs::path(dir_->path().toStdString()) / name;
    }

private Q_SLOTS:
    void init() { dir_ = std::make_unique<QTemporaryDir>(); }
    void safetensorsKeepTypesShapesAndBytes() {
        const std::vector<NamedTensor> all = {{"a", at::randn({3, 4})},
                                              {"b", at::arange(5, at::kLong)},
                                              {"half", at::randn({2}).to(at::kBFloat16)},
                                              {"scalar", at::full({}, 2.5)},
                                              {"empty", at::zeros({0, 3})},
                                              {"view", at::randn({4, 4}).t()}};
        write_safetensors(path("x"), all, {{"k", "v"}});
        const auto read = read_safetensors(path("x"));
        QVERIFY(same(read, all));
        for (std::size_t i = 0; i < all.size(); ++i)
            QCOMPARE(read[i].tensor.scalar_type(), all[i].tensor.scalar_type());
    }
    void aDamagedFileIsADataErrorWhereverItIsCut() {
        write_safetensors(path("x"), {{"a", at::randn({3, 4})}, {"b", at::randn({2})}});
        const std::string whole = read_file(path("x"));
        for (std::size_t length = 0; length < whole.size(); ++length) {
            write_file_atomically(path("cut"), whole.substr(0, length));
            QVERIFY_THROWS_EXCEPTION(Error, (void)read_safetensors(path("cut")));
        }
        write_file_atomically(path("long"), whole + "x");
        QVERIFY_THROWS_EXCEPTION(Error, (void)read_safetensors(path("long")));
        for (const char* header :
             {R"({"a":{"dtype":"F32","shape":[9223372036854775807,4],"data_offsets":[0,8]}})",
              R"({"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}})",
              R"({"a":{"dtype":"F33","shape":[2],"data_offsets":[0,8]}})",
              R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}})", R"({"a":3})", "[]"}) {
            const std::uint64_t length = std::string(header).size();
            write_file_atomically(path("bad"), std::string(reinterpret_cast<const char*>(&length), 8) +
                                                   header + "12345678");
            QVERIFY_THROWS_EXCEPTION(Error, (void)read_safetensors(path("bad")));
        }
    }
    void aCheckpointGivesBackEveryByte() {
        Trainee before = trainee(1), after = trainee(2);
        one_update(before);
        one_update(before);
        save_checkpoint(path(), 2, before, {{"wall_seconds", 1.5}});
        const auto found = newest_checkpoint(path());
        QVERIFY(found.has_value());
        QCOMPARE(found->step, std::int64_t{2});
        QCOMPARE(found->state["wall_seconds"].get<double>(), 1.5);
        load_checkpoint(*found, after);
        QVERIFY(same(before.weights(), after.weights()));
        one_update(before);
        one_update(after);
        QVERIFY(same(before.weights(), after.weights()));
        QVERIFY(same(before.optimizer().state(), after.optimizer().state()));
    }
    void theNewestGoodOneIsFound() {
        Trainee model = trainee(1);
        for (const std::int64_t step : {10, 20, 30})
            save_checkpoint(path(), step, model, Json::object());
        QVERIFY(!fs::exists(path("step-00000010"))); // two are kept
        QCOMPARE(newest_checkpoint(path())->step, std::int64_t{30});
        truncate(path("step-00000030") / "optimizer.safetensors", 4);
        QCOMPARE(newest_checkpoint(path())->step, std::int64_t{20});
        truncate(path("step-00000020") / "state.json", 2);
        QVERIFY_THROWS_EXCEPTION(Error, (void)newest_checkpoint(path()));
        QVERIFY(!newest_checkpoint(path("nothing")).has_value());
    }
};

QTEST_GUILESS_MAIN(TestCheckpoint)
#include "test_checkpoint.moc"
