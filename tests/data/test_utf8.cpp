// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/utf8.h"

#include <QString>
#include <QStringDecoder>
#include <QTest>

using namespace retort;

class TestUtf8 : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Every sequence of up to three bytes over the borders of UTF-8's byte classes, judged by Qt.
    void agreesWithQt() {
        const QByteArray borders(
            "\x00\x41\x7f\x80\x8f\x90\x9f\xa0\xbf\xc0\xc1\xc2\xdf\xe0\xe1\xed\xee\xef\xf0\xf4\xf5\xff", 22);
        QByteArray text;
        for (const char a : borders)
            for (const char b : borders)
                for (const char c : borders) {
                    text = QByteArray() + a + b + c + "\x80";
                    QVERIFY2(judgesAsQt(text.first(3)) && judgesAsQt(text), text.toHex());
                }
    }
    void charactersAreCounted() {
        QCOMPARE(count_characters("aé€😀"), 4);
        QCOMPARE(count_characters(""), 0);
    }
    void invalidBytesAreReplaced() {
        QCOMPARE(replace_invalid_utf8("a\xff\xc3\xa9\xc3"), "a\uFFFDé\uFFFD");
        QCOMPARE(find_invalid_utf8("é\xff"), std::optional<std::size_t>(2));
    }

private:
    static bool judgesAsQt(const QByteArray& text) {
        QStringDecoder decoder(QStringDecoder::Utf8,
                               QStringDecoder::Flag::Stateless | QStringDecoder::Flag::ConvertInitialBom);
        const QString decoded = decoder(text);
        const bool valid = !find_invalid_utf8(text.toStdString());
        return valid == !decoder.hasError() &&
               (!valid || count_characters(text.toStdString()) == decoded.toUcs4().size());
    }
};

QTEST_APPLESS_MAIN(TestUtf8)
#include "test_utf8.moc"
