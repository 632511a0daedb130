// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/child_process.h"
#include "base/error.h"

#include <QTest>
#include <cerrno>
#include <csignal>
#include <stdexcept>

using namespace retort;

namespace {

ChildResult shell(const std::string& script, std::vector<std::string>& lines, std::stop_token stop = {}) {
    return run_child(
        {"/bin/sh", "-c", script}, [&](const std::string& line) { lines.push_back(line); }, stop);
}

} // namespace

class TestChildProcess : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void linesAndStatusComeBack() {
        std::vector<std::string> lines;
        const ChildResult result =
            shell("echo one; printf 'two\\nthree'; echo early >&2; echo late >&2; exit 7", lines);
        QCOMPARE(lines, (std::vector<std::string>{"one", "two", "three"}));
        QCOMPARE(result.status, 7);
        QCOMPARE(result.last_error, "late");
        QVERIFY(!result.stopped);
    }
    void argumentsAreNotInterpreted() {
        std::vector<std::string> lines;
        run_child({"/bin/echo", "$HOME; *", "a b"}, [&](const std::string& line) { lines.push_back(line); });
        QCOMPARE(lines, std::vector<std::string>{"$HOME; * a b"});
    }
    void muchOutputOnBothPipesIsNoDeadlock() {
        std::vector<std::string> lines;
        shell("i=0; while [ $i -lt 5000 ]; do echo 0123456789012345678901234567890123456789;"
              "echo 0123456789012345678901234567890123456789 >&2; i=$((i+1)); done",
              lines);
        QCOMPARE(lines.size(), std::size_t{5000});
    }
    void signalIsInTheStatus() {
        std::vector<std::string> lines;
        QCOMPARE(shell("kill -9 $$", lines).status, 128 + 9);
    }
    void stopEndsAllThatWasStarted() {
        std::stop_source stop;
        std::vector<std::string> pids;
        const auto on_line = [&](const std::string& pid) {
            pids.push_back(pid);
            stop.request_stop();
        };
        const ChildResult result =
            run_child({"/bin/sh", "-c", "sleep 1000 & echo $!; wait"}, on_line, stop.get_token());
        QVERIFY(result.stopped);
        QCOMPARE(result.status, 128 + SIGTERM);
        const pid_t grandchild = std::stoi(pids.at(0));
        QTRY_VERIFY(::kill(grandchild, 0) != 0 && errno == ESRCH);
    }
    void stopBeforeTheStartIsHeeded() {
        std::stop_source stop;
        stop.request_stop();
        std::vector<std::string> lines;
        QVERIFY(shell("sleep 1000", lines, stop.get_token()).stopped);
    }
    void stubbornProgramIsKilled() {
        std::stop_source stop;
        const ChildResult result = run_child(
            {"/bin/sh", "-c", "trap '' TERM; echo ready; exec sleep 1000"},
            [&](const std::string&) { stop.request_stop(); }, stop.get_token());
        QCOMPARE(result.status, 128 + SIGKILL);
    }
    void exceptionInTheCallbackEndsTheProgram() {
        pid_t pid = 0;
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, run_child({"/bin/sh", "-c", "echo $$; exec sleep 1000"},
                                                               [&](const std::string& line) {
                                                                   pid = std::stoi(line);
                                                                   throw std::runtime_error("cut");
                                                               }));
        QVERIFY(::kill(pid, 0) != 0 && errno == ESRCH);
    }
    void missingProgramIsADataError() {
        try {
            run_child({"/nonexistent/program"}, {});
            QFAIL("no error");
        } catch (const Error& error) {
            QCOMPARE(error.kind(), ErrorKind::data);
        }
        QVERIFY(find_program("sh").has_value());
        QVERIFY(!find_program("no-such-program-here").has_value());
    }
};

QTEST_APPLESS_MAIN(TestChildProcess)
#include "test_child_process.moc"
