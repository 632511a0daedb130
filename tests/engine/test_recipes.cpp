// SPDX-License-Identifier: GPL-3.0-or-later
// Names of what was made must not change: a new field is no part of a recipe while it is at its default.
#include "base/error.h"
#include "base/files.h"
#include "base/sha256.h"
#include "engine/recipes.h"

#include <QFloat16>
#include <QTemporaryDir>
#include <QTest>

using namespace retort;

class TestRecipes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void trainedTokenizersKeepTheirNames() {
        DataSpec data;
        data.tokenizer.vocab = 500;
        QCOMPARE(tokenizer_recipe(data, "corpus").fields.dump(),
                 R"({"corpus":"corpus","domains":["en","fr","de","py"],)"
                 R"("tokenizer":{"kind":"sentencepiece-bpe","vocab":500}})");
    }
    void whatIsNotDefaultIsPartOfTheName() {
        DataSpec data;
        data.tokenizer.coverage = 1;
        data.tokenizer.split_whitespace = false;
        data.tokenizer.sampling = TokenizerSampling::proportional;
        const Json tokenizer = tokenizer_recipe(data, "corpus").fields["tokenizer"];
        QCOMPARE(tokenizer.dump(), R"({"kind":"sentencepiece-bpe","vocab":4000,"sampling":"proportional",)"
                                   R"("coverage":1.0,"split_whitespace":false})");
    }
    void importedTokenizersAreNamedByTheirBytes() {
        const QTemporaryDir dir;
        const std::string file = dir.filePath("tokenizer.json").toStdString();
        write_file_atomically(file, "{}");
        DataSpec data;
        data.tokenizer.kind = TokenizerKind::hugging_face_file;
        data.tokenizer.path = file;
        data.tokenizer.eos = "</s>";
        const Json fields = tokenizer_recipe(data, "corpus").fields;
        QCOMPARE(fields, Json({{"kind", "huggingface-file"}, {"sha256", sha256_of("{}")}, {"eos", "</s>"}}));
        data.tokenizer.vocab = 50257; // is what the file has
        QCOMPARE(tokenizer_recipe(data, "another corpus").fields, fields);
        data.tokenizer.path = dir.filePath("none.json").toStdString();
        QVERIFY_THROWS_EXCEPTION(Error, (void)tokenizer_recipe(data, "corpus"));
        data.tokenizer.artifact = "tokenizer-1";
        QCOMPARE(tokenizer_recipe(data, "corpus").fields, Json({{"artifact", "tokenizer-1"}}));
    }
};

QTEST_GUILESS_MAIN(TestRecipes)
#include "test_recipes.moc"
