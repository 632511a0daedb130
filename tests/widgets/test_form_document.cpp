// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/study_document.h"
#include "widgets/forms/study_header.h"

#include <QSignalSpy>
#include <QStringList>
#include <QTest>

using namespace retort;

namespace {

StudySpec sample() {
    return read_study(R"({"retort": 1, "name": "s", "title": "?", "seeds": [1],
        "base": {"optim": {"lr": 0.1}}, "variants": {"a": {}, "b": {"optim": {"lr": 0.2}}, "c": {}}})")
        .study;
}

} // namespace

class TestFormDocument : public QObject {
    Q_OBJECT
private:
    static std::string patch(const StudyDocument& document, const char* variant) {
        return document.file()["variants"][variant].dump();
    }
private Q_SLOTS:
    void holdsTheStudyAsItIs() {
        StudyDocument document;
        document.load(sample());
        QCOMPARE(to_json(document.study()).dump(), to_json(sample()).dump());
        QVERIFY(document.isFaithful());
        QVERIFY(document.problems().empty());
        QVERIFY(document.undoStack()->isClean());
    }
    void aVariantHoldsOnlyItsDifferences() {
        StudyDocument document;
        document.load(sample());
        document.setValue("a", "/model/layers", 5);
        document.setValue("a", "/optim/lr", 0.3);
        QCOMPARE(patch(document, "a"), R"({"model":{"layers":5},"optim":{"lr":0.3}})");
        document.setValue("a", "/optim/lr", 0.1);
        QCOMPARE(patch(document, "a"), R"({"model":{"layers":5}})");
        document.setValue("a", "/model/layers", 2); // the default, which the base has too
        QCOMPARE(patch(document, "a"), "{}");
        QCOMPARE(document.file()["base"].dump(), R"({"optim":{"lr":0.1}})");
    }
    void resetGoesBackToTheBaseAndToTheDefault() {
        StudyDocument document;
        document.load(sample());
        document.resetValue("b", "/optim/lr");
        QCOMPARE(patch(document, "b"), "{}");
        document.resetValue({}, "/optim/lr");
        QCOMPARE(document.file()["base"].dump(), "{}");
    }
    void removingInAVariantCoversTheBase() {
        StudyDocument document;
        document.load(sample());
        document.removeValue("a", "/optim");
        QCOMPARE(patch(document, "a"), R"({"optim":null})");
        QVERIFY(!document.run("a").contains("optim"));
    }
    void differencesAreSaidInWords() {
        StudyDocument document;
        document.load(sample());
        QVERIFY(document.differences("a").isEmpty());
        document.setValue("b", "/model/tied", false);
        QCOMPARE(document.differences("b"),
                 QStringList({QStringLiteral("Tied head off"), QStringLiteral("Learning rate 0.2")}));
    }
    void typingInOneFieldIsOneStepBack() {
        StudyDocument document;
        document.load(sample());
        for (const char* text : {"1", "1e", "1e-"})
            document.setValue({}, "/optim/lr", text);
        document.setValue({}, "/optim/lr", 1e-3);
        QCOMPARE(document.undoStack()->count(), 1);
        document.setValue({}, "/optim/eps", 1e-6);
        document.closeEdit();
        document.setValue({}, "/optim/eps", 1e-7);
        QCOMPARE(document.undoStack()->count(), 3);
        document.undoStack()->undo();
        QCOMPARE(document.run({})["optim"]["eps"].get<double>(), 1e-6);
        document.undoStack()->undo();
        document.undoStack()->undo();
        QCOMPARE(to_json(document.study()).dump(), to_json(sample()).dump());
        document.undoStack()->redo();
        QCOMPARE(document.run({})["optim"]["lr"].get<double>(), 1e-3);
    }
    void typingBackLeavesNothingToUndo() {
        StudyDocument document;
        document.load(sample());
        document.setValue("a", "/optim/lr", 7);
        document.setValue("a", "/optim/lr", 0.1);
        QVERIFY(document.undoStack()->isClean());
        QCOMPARE(document.undoStack()->count(), 0);
    }
    void variantsAreAddedDuplicatedRenamedAndRemoved() {
        StudyDocument document;
        document.load(sample());
        QCOMPARE(document.duplicateVariant("b"), "b-copy");
        QCOMPARE(document.duplicateVariant("b"), "b-copy-2");
        QCOMPARE(patch(document, "b-copy"), R"({"optim":{"lr":0.2}})");
        QCOMPARE(document.addVariant(), "variant");
        QVERIFY(document.renameVariant("b", "first"));
        QVERIFY(!document.renameVariant("a", "first"));
        document.removeVariant("b-copy");
        QVERIFY((document.variants() == std::vector<std::string>{"a", "first", "c", "b-copy-2", "variant"}));
        while (document.undoStack()->canUndo())
            document.undoStack()->undo();
        QVERIFY((document.variants() == std::vector<std::string>{"a", "b", "c"}));
    }
    void problemsKnowTheirPlace() {
        StudyDocument document;
        document.load(sample());
        document.setValue("b", "/model/heads", 0);
        QCOMPARE(document.problems().size(), std::size_t{1});
        QCOMPARE(document.problems()[0].variant, "b");
        QCOMPARE(document.problems()[0].pointer, "/model/heads");
        QCOMPARE(document.runProblems("b").size(), std::size_t{1});
        QVERIFY(document.runProblems("a").empty());
        document.undoStack()->undo();
        document.setValue({}, "/model/heads", "many");
        QVERIFY(document.problems()[0].where == StudyProblem::Where::base);
        // The base's fault is the variants' too.
        QCOMPARE(document.runProblems("c").at(0).pointer, "/model/heads");
        document.setStudyField("name", "a/b");
        QVERIFY(document.problems()[0].where == StudyProblem::Where::study);
    }
    void wrongSeedsAreKeptUntilTheyAreRighted() {
        StudyDocument document;
        document.load(sample());
        document.setStudyField("seeds", parseSeeds(QStringLiteral("1, x")));
        QCOMPARE(document.file()["seeds"].dump(), R"([1,"x"])");
        QCOMPARE(document.problems().at(0).pointer, "/seeds");
        QVERIFY(!document.isFaithful());
        document.setStudyField("seeds", parseSeeds(QStringLiteral("1-4, 9")));
        QVERIFY((document.study().seeds == std::vector<std::uint64_t>{1, 2, 3, 4, 9}));
        QVERIFY(document.isFaithful());
    }
    void claimsAreKeptAndFollowTheirVariants() {
        StudySpec study = sample();
        study.claims = {{"c", "b is better.", {{ClaimKind::lower, "b", "a", "loss", {}, {}}}}};
        study.conclusions = false;
        StudyDocument document;
        document.load(study);
        document.setValue("a", "/optim/lr", 0.3);
        QVERIFY(document.problems().empty() && document.isFaithful());
        QVERIFY(document.study().claims == study.claims);
        document.renameVariant("a", "reference");
        QVERIFY(document.problems().empty());
        QCOMPARE(document.study().claims[0].tests[0].reference, "reference");
        QCOMPARE(document.study().conclusions, std::optional(false));
        document.removeVariant("b");
        QCOMPARE(document.problems().at(0).pointer, "/claims/0/tests/0/variant");
        QVERIFY(document.problems()[0].where == StudyProblem::Where::study);
        document.undoStack()->undo();
        QVERIFY(document.problems().empty());
    }
    void everyChangeIsTold() {
        StudyDocument document;
        QSignalSpy changed(&document, &StudyDocument::changed);
        document.load(sample());
        document.setValue({}, "/optim/lr", 1);
        document.setValue({}, "/optim/lr", 1);
        document.undoStack()->undo();
        QCOMPARE(changed.count(), 3);
    }
};

QTEST_MAIN(TestFormDocument)
#include "test_form_document.moc"
