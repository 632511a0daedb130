// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/spec_difference.h"

#include <QTest>

using namespace retort;

namespace {

QString printed(const std::vector<Difference>& found) {
    QString text;
    const auto side = [](const std::optional<Json>& json) { return json ? json->dump() : std::string("-"); };
    for (const Difference& difference : found)
        text += QString::fromStdString(difference.pointer + " " + side(difference.left) + " " +
                                       side(difference.right) + "\n");
    return text;
}

} // namespace

class TestSpecDifference : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void listsOnlyWhatDiffers() {
        const Json left =
            Json::parse(R"({"optim":{"lr":0.1,"betas":[1,2]},"seed":1,"gone":{"a":1},"a/b~":2})");
        const Json right = Json::parse(R"({"optim":{"lr":0.2,"betas":[1,3]},"seed":1,"a/b~":3,"new":null})");
        QCOMPARE(printed(differences(left, right)), QStringLiteral("/optim/lr 0.1 0.2\n"
                                                                   "/optim/betas [1,2] [1,3]\n"
                                                                   "/gone {\"a\":1} -\n"
                                                                   "/a~1b~0 2 3\n"
                                                                   "/new - null\n"));
    }
    void equalDocumentsDifferNowhere() {
        const Json json = Json::parse(R"({"b":1,"a":{"c":[]}})");
        QVERIFY(differences(json, json).empty());
        QVERIFY(differences(json, Json::parse(R"({"a":{"c":[]},"b":1})")).empty());
    }
    void pointersFindTheValues() {
        const Json left = Json::parse(R"({"~/":{"x":1}})"), right = Json::parse(R"({"~/":{"x":2}})");
        const auto found = differences(left, right);
        QCOMPARE(found.size(), std::size_t{1});
        QVERIFY(left.at(Json::json_pointer(found[0].pointer)) == *found[0].left);
    }
    void manyDocumentsAreComparedLeafByLeaf() {
        const Json a = Json::parse(R"({"x": {"p": 1, "q": [1, 2]}, "same": 0})"),
                   b = Json::parse(R"({"x": {"p": 1, "q": [1, 3]}, "same": 0, "y": {"z": null}})"),
                   c = Json::parse(R"({"same": 0, "x": {"p": 2, "q": [1, 2]}})");
        const std::vector<DifferingField> found = differing_fields({&a, &b, &c});
        std::string text;
        for (const DifferingField& field : found) {
            text += field.pointer;
            for (const auto& value : field.values)
                text += " " + (value ? value->dump() : "-");
            text += "\n";
        }
        QCOMPARE(text, "/x/p 1 1 2\n/x/q [1,2] [1,3] [1,2]\n/y/z - null -\n");
        QVERIFY(differing_fields({&a, &a}).empty());
        QVERIFY(differing_fields({&a}).empty());
        QVERIFY(differing_fields({}).empty());
    }
};

QTEST_APPLESS_MAIN(TestSpecDifference)
#include "test_spec_difference.moc"
