// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/event_file.h"

#include "interchange/protobuf.h"

#include <QTest>
#include <cmath>
#include <limits>
#include <sstream>
#include <tuple>
#include <vector>

using namespace retort;
using namespace std::string_literals;

namespace {

// What tensorboard_logger 0.1 (a writer for TensorBoard, which its tests hold to these bytes) writes for two
// scalars: v/1 = 1.5 at step 1, v/22 = 16 at step 2, all at the time 256.5.
const std::string head = "\x18\0\0\0\0\0\0\0\xa3\x7fK\"\t\0\0\0\0\0\x08p@\x1a\rbrain.Event:2\xbc\x98!+"s;
const std::string first =
    "\x19\0\0\0\0\0\0\0\x8b\xf1\x08(\t\0\0\0\0\0\x08p@\x10\x01*\x0c\n\n\n\x03v/1\x15\0\0\xc0?,\xec\xc0\x87"s;
const std::string second =
    "\x1a\0\0\0\0\0\0\0\x12\x9b\xd8-\t\0\0\0\0\0\x08p@\x10\x02*\r\n\x0b\n\x04v/22\x15\0\0\x80"
    "A\x8f\xa3\xb6\x88"s;

struct Seen {
    std::int64_t step;
    double wall_time;
    std::string tag;
    double value;
    bool operator==(const Seen&) const = default;
};

struct Listener : EventFileListener {
    std::vector<Seen> seen;
    std::vector<std::int64_t> restarts;
    void scalar(const ScalarEvent& event) override {
        seen.push_back({event.step, event.wall_time, std::string(event.tag), event.value});
    }
    void restarted(std::int64_t step) override { restarts.push_back(step); }
};

EventFileReading read(const std::string& bytes, Listener& listener) {
    return read_event_file(std::as_bytes(std::span(bytes)), listener);
}

const std::vector<Seen> both = {{1, 256.5, "v/1", 1.5}, {2, 256.5, "v/22", 16}};

/// A whole record of a message, its checksums made by the writer under test of a scalar with that message.
std::string with_value(const protobuf::Writer& value, std::int64_t step = 7) {
    protobuf::Writer summary, event;
    summary.text(1, value.bytes());
    event.real(1, 3.5);
    event.integer(2, step);
    event.text(5, summary.bytes());
    return event.bytes();
}

} // namespace

class TestEventFile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itReadsWhatAnotherWriterWrites() {
        Listener listener;
        const EventFileReading reading = read(head + first + second, listener);
        QVERIFY(listener.seen == both);
        QVERIFY(reading.is_event_file);
        QCOMPARE(reading.events, 3);
        QCOMPARE(reading.damaged, 0);
        QCOMPARE(reading.unread, 0U);
        QVERIFY(reading.writer.empty());
    }
    void itWritesTheSameBytes() {
        std::ostringstream out;
        EventFileWriter writer(out, 256.5, "");
        writer.write({1, 256.5, "v/1", 1.5});
        writer.write({2, 256.5, "v/22", 16});
        QCOMPARE(QByteArray::fromStdString(out.str()), QByteArray::fromStdString(head + first + second));
    }
    void itNamesItself() {
        std::ostringstream out;
        EventFileWriter writer(out, 0);
        Listener listener;
        QCOMPARE(read(out.str(), listener).writer, own_writer);
    }
    void everyCutOfTheTailIsTolerated() {
        const std::string whole = head + first + second;
        for (std::size_t length = head.size() + first.size(); length < whole.size(); ++length) {
            Listener listener;
            const EventFileReading reading = read(whole.substr(0, length), listener);
            QCOMPARE(listener.seen.size(), 1U);
            QCOMPARE(reading.unread, length - head.size() - first.size());
        }
    }
    void aDamagedRecordIsLeftOut() {
        for (std::size_t i = 12; i < first.size(); ++i) { // after the length, which would end the reading
            std::string damaged = first;
            damaged[i] = static_cast<char>(damaged[i] ^ 1);
            Listener listener;
            const EventFileReading reading = read(head + damaged + second, listener);
            QCOMPARE(reading.damaged, 1);
            QVERIFY(listener.seen == std::vector{both[1]});
        }
    }
    void aDamagedLengthEndsTheReading() {
        std::string damaged = first;
        damaged[0] = 1;
        Listener listener;
        const EventFileReading reading = read(head + damaged + second, listener);
        QVERIFY(listener.seen.empty());
        QCOMPARE(reading.unread, first.size() + second.size());
    }
    void anotherFileIsNone() {
        Listener listener;
        QVERIFY(!read("step,value\n1,2\n3,4\n5,6\n", listener).is_event_file);
        QVERIFY(!read("", listener).is_event_file);
    }
    void nanAndInfinityAreKept() {
        std::ostringstream out;
        EventFileWriter writer(out, 0);
        const double inf = std::numeric_limits<double>::infinity();
        for (const double value : {std::nan(""), inf, -inf, 0.0})
            writer.write({-1, 0, "x", value});
        Listener listener;
        (void)read(out.str(), listener);
        QCOMPARE(listener.seen.size(), 4U);
        QVERIFY(std::isnan(listener.seen[0].value));
        QCOMPARE(listener.seen[1].value, inf);
        QCOMPARE(listener.seen[2].value, -inf);
        QCOMPARE(listener.seen[3].value, 0.0);
        QCOMPARE(listener.seen[0].step, -1);
    }
    void tensorsOfRankZeroAreScalars_data() {
        QTest::addColumn<QByteArray>("tensor");
        QTest::addColumn<bool>("isScalar");
        const auto row = [](const char* name, bool isScalar, auto fill) {
            protobuf::Writer tensor;
            fill(tensor);
            QTest::newRow(name) << QByteArray::fromStdString(tensor.bytes()) << isScalar;
        };
        const float single = 2.5;
        const double real = 2.5;
        const std::string single_bytes(reinterpret_cast<const char*>(&single), 4),
            real_bytes(reinterpret_cast<const char*>(&real), 8);
        // TF2's summary.scalar by eager execution, by the Python library, and with doubles.
        row("content", true, [&](auto& t) { t.integer(1, 1), t.text(2, ""), t.text(4, single_bytes); });
        row("float_val", true, [&](auto& t) { t.integer(1, 1), t.text(2, ""), t.single(5, single); });
        row("packed", true, [&](auto& t) { t.integer(1, 1), t.text(2, ""), t.text(5, single_bytes); });
        row("double", true, [&](auto& t) { t.integer(1, 2), t.text(2, ""), t.text(4, real_bytes); });
        row("double_val", true, [&](auto& t) { t.integer(1, 2), t.real(6, real); });
        row("a vector", false, [&](auto& t) {
            protobuf::Writer dimension, shape;
            dimension.integer(1, 1);
            shape.text(2, dimension.bytes());
            t.integer(1, 1), t.text(2, shape.bytes()), t.text(4, single_bytes);
        });
        row("words", false, [&](auto& t) { t.integer(1, 7), t.text(2, ""), t.text(8, "words"); });
    }
    void tensorsOfRankZeroAreScalars() {
        QFETCH(QByteArray, tensor);
        QFETCH(bool, isScalar);
        protobuf::Writer value;
        value.text(1, "loss");
        value.text(8, tensor.toStdString());
        Listener listener;
        read_message(with_value(value), listener);
        const std::vector<Seen> expected = {{7, 3.5, "loss", 2.5}};
        QVERIFY(listener.seen == (isScalar ? expected : std::vector<Seen>{}));
    }
    void aRestartIsTold() { // as a writer that was given `purge_step` begins
        protobuf::Writer log, event;
        log.integer(1, 1);
        event.real(1, 3.5);
        event.integer(2, 40);
        event.text(7, log.bytes());
        Listener listener;
        read_message(event.bytes(), listener);
        QCOMPARE(listener.restarts, std::vector<std::int64_t>{40});
    }

private:
    /// As the only record of a file, behind its head.
    static void read_message(const std::string& message, Listener& listener) {
        std::ostringstream out;
        EventFileWriter(out, 0, "").write_record(message);
        const EventFileReading reading = read(out.str(), listener);
        QCOMPARE(reading.events, 2);
    }
};

QTEST_APPLESS_MAIN(TestEventFile)
#include "test_event_file.moc"
