// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/csv.h"

#include "base/error.h"

#include <QTest>
#include <cmath>
#include <limits>

using namespace retort;

namespace {

using Records = std::vector<std::vector<std::string>>;

Records records_of(std::string_view text) {
    CsvReader reader(text, "a.csv");
    Records records;
    for (std::vector<std::string_view> fields; reader.next(fields);)
        records.emplace_back(fields.begin(), fields.end());
    return records;
}

} // namespace

class TestCsv : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fieldsAreQuotedWhereNecessary() {
        QCOMPARE(csv_field("plain text"), "plain text");
        QCOMPARE(csv_field("a,b"), "\"a,b\"");
        QCOMPARE(csv_field("say \"x\""), "\"say \"\"x\"\"\"");
        QCOMPARE(csv_field("two\nlines"), "\"two\nlines\"");
    }
    void numbersComeBackExactly() {
        for (const double value : {0.1, -1e-300, 5e-324, 1.7976931348623157e308, 3.0, -0.0})
            QCOMPARE(number_in(csv_number(value)), std::optional(value));
        QCOMPARE(csv_number(std::numeric_limits<double>::infinity()), "Infinity");
        QCOMPARE(number_in("-Infinity"), std::optional(-std::numeric_limits<double>::infinity()));
        QVERIFY(std::isnan(number_in(csv_number(std::nan(""))).value_or(0)));
    }
    void numbersOfOtherProgramsAreRead() {
        QCOMPARE(number_in(" +1.5e3\t"), std::optional(1500.0));
        QCOMPARE(number_in("INF"), std::optional(std::numeric_limits<double>::infinity()));
        QVERIFY(std::isnan(number_in("nan").value_or(0)));
        for (const char* text : {"", " ", "1,5", "1.5x", "x", "-", "0x10"})
            QVERIFY2(!number_in(text), text);
    }
    void recordsAreRead() {
        QCOMPARE(records_of("a,b\r\n1,\"x, \"\"y\"\"\"\n\n,\n2"),
                 (Records{{"a", "b"}, {"1", "x, \"y\""}, {"", ""}, {"2"}}));
        QCOMPARE(records_of("\xEF\xBB\xBFstep;value\n1;0,5\n"), (Records{{"step", "value"}, {"1", "0,5"}}));
        QCOMPARE(records_of("a\tb\n"), (Records{{"a", "b"}}));
        QCOMPARE(records_of(""), Records{});
    }
    void linesAreCounted() {
        CsvReader reader("a\n\"1\n2\"\n\nb\n", "a.csv");
        std::vector<std::size_t> lines;
        for (std::vector<std::string_view> fields; reader.next(fields);)
            lines.push_back(reader.line());
        QCOMPARE(lines, (std::vector<std::size_t>{1, 2, 5}));
    }
    void anOpenQuotationIsNamed() {
        try {
            (void)records_of("a\nb,\"c\n");
            QFAIL("nothing was thrown");
        } catch (const Error& error) {
            QVERIFY2(std::string(error.what()).starts_with("a.csv, line 2: "), error.what());
        }
    }
};

QTEST_APPLESS_MAIN(TestCsv)
#include "test_csv.moc"
