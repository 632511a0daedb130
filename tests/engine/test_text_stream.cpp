// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/generation/text_stream.h"

#include <QTest>
#include <vector>

using namespace retort;

namespace {

using Pieces = std::vector<std::string>;

/// What each piece lets out, then the rest.
Pieces shown(TextStream stream, const Pieces& pieces) {
    Pieces out;
    for (const std::string& piece : pieces)
        out.push_back(stream.add(piece));
    out.push_back(stream.finish());
    return out;
}

} // namespace

class TestTextStream : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void lettersComeWhole() {
        QCOMPARE(shown(TextStream(), {"a", "\xE2", "\x82", "\xAC", "b"}),
                 (Pieces{"a", "", "", "€", "b", ""}));
        QCOMPARE(shown(TextStream(), {"x\xF0\x9F", "\x98\x80"}), (Pieces{"x", "😀", ""}));
    }
    void bytesThatMakeNoLetterAreReplaced() {
        QCOMPARE(shown(TextStream(), {"\xE2", "a"}), (Pieces{"", "\uFFFDa", ""}));
        QCOMPARE(shown(TextStream(), {"\xC3"}), (Pieces{"", "\uFFFD"}));
        QCOMPARE(shown(TextStream(), {"\x82"}), (Pieces{"\uFFFD", ""}));
    }
    void theStopTextIsNotShown() {
        QCOMPARE(shown(TextStream("END"), {"the E", "N", "D of it", "x"}), (Pieces{"the ", "", "", "", ""}));
        QCOMPARE(shown(TextStream("END"), {"E", "NO"}), (Pieces{"", "ENO", ""}));
        QCOMPARE(shown(TextStream("aab"), {"a", "a", "a", "b"}), (Pieces{"", "", "a", "", ""}));
        QCOMPARE(shown(TextStream("€"), {"5 \xE2", "\x82", "\xAC!"}), (Pieces{"5 ", "", "", ""}));
        QCOMPARE(shown(TextStream("END"), {"the EN"}), (Pieces{"the ", "EN"}));
    }
    void aStopIsKnown() {
        TextStream stream(".");
        QCOMPARE(stream.add("one. two"), std::string("one"));
        QVERIFY(stream.is_stopped());
        QVERIFY(!TextStream().is_stopped());
    }
};

QTEST_APPLESS_MAIN(TestTextStream)
#include "test_text_stream.moc"
