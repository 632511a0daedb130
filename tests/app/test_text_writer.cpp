// SPDX-License-Identifier: GPL-3.0-or-later
// Texts written beside the window's thread, by models that say what they are told.
#include "app/text_writer.h"
#include "base/error.h"

#include <QTemporaryDir>
#include <QTest>

#include <semaphore>

using namespace retort;

namespace {

/// "a1", "a2", … for a prompt "a", waiting for a permit before each where there is a gate.
class Counting : public Generation {
public:
    Counting(const GenerationRequest& request, std::counting_semaphore<>* gate)
        : m_request(request), m_gate(gate) {}
    [[nodiscard]] const GenerationStart& start() const override { return m_start; }
    [[nodiscard]] std::optional<GeneratedToken> next() override {
        if (m_made == m_request.tokens) return {};
        if (m_gate != nullptr) m_gate->acquire();
        GeneratedToken token;
        token.number = ++m_made;
        token.text = m_request.prompt + std::to_string(m_made);
        return token;
    }
    [[nodiscard]] GenerationEnd end() const override { return GenerationEnd::tokens; }

private:
    GenerationRequest m_request;
    std::counting_semaphore<>* m_gate;
    GenerationStart m_start{1, 0, {}};
    std::int64_t m_made = 0;
};

class CountingModel : public TextModel {
public:
    explicit CountingModel(std::counting_semaphore<>* gate) : m_gate(gate) {}
    [[nodiscard]] std::unique_ptr<Generation> begin(const GenerationRequest& request) const override {
        return std::make_unique<Counting>(request, m_gate);
    }

private:
    std::counting_semaphore<>* m_gate;
};

struct Bench {
    QTemporaryDir folder;
    Workspace workspace{folder.path().toStdString()};
    std::counting_semaphore<> gate{0};
    bool isGated = false;
    std::vector<std::string> opened;
    QStringList heard, ends;
    TextWriter writer{workspace, [this](const RunRecord& run, ArtifactStore&) -> std::unique_ptr<TextModel> {
                          if (run.model_artifact == "gone")
                              throw Error(ErrorKind::data, "The model is gone; run it again.\nframe #0");
                          opened.push_back(run.model_artifact);
                          return std::make_unique<CountingModel>(isGated ? &gate : nullptr);
                      }};

    ~Bench() { gate.release(1000); }

    void write(const std::vector<std::pair<std::string, std::string>>& texts, std::int64_t tokens) {
        std::vector<WriteRequest> requests;
        for (const auto& [artifact, prompt] : texts) {
            WriteRequest request;
            request.run.model_artifact = artifact;
            request.text.prompt = prompt;
            request.text.tokens = tokens;
            requests.push_back(std::move(request));
        }
        TryListener listener;
        listener.started = [this](std::size_t text, const GenerationStart&) {
            heard << QStringLiteral("%1 begins").arg(text);
        };
        listener.written = [this](std::size_t, const std::vector<GeneratedToken>& more) {
            for (const GeneratedToken& token : more)
                heard << QString::fromStdString(token.text);
        };
        listener.ended = [this](std::size_t text, GenerationEnd end, const std::string& problem) {
            ends << QStringLiteral("%1 %2 %3")
                        .arg(text)
                        .arg(QString::fromUtf8(name_of(end)), QString::fromStdString(problem));
        };
        writer.write(std::move(requests), std::move(listener));
    }
};

} // namespace

class TestTextWriter : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void textsGrowInTurn() {
        Bench bench;
        bench.isGated = true;
        bench.write({{"m", "a"}, {"n", "b"}}, 2);
        bench.gate.release();
        QTRY_VERIFY(bench.heard.contains(QStringLiteral("a1")));
        QVERIFY(!bench.heard.contains(QStringLiteral("b1")));
        bench.gate.release();
        QTRY_VERIFY(bench.heard.contains(QStringLiteral("b1")));
        QVERIFY(!bench.heard.contains(QStringLiteral("a2")));
        bench.gate.release(2);
        QTRY_COMPARE(bench.ends, (QStringList{"0 tokens ", "1 tokens "}));
        QCOMPARE(bench.heard.count(), 6);
        QVERIFY(bench.heard.startsWith(QStringLiteral("0 begins")));
    }
    void aModelIsReadOnce() {
        Bench bench;
        bench.write({{"m", "a"}, {"m", "b"}}, 1);
        QTRY_COMPARE(bench.ends.size(), 2);
        bench.write({{"m", "c"}, {"n", "d"}}, 1);
        QTRY_COMPARE(bench.ends.size(), 4);
        QCOMPARE(bench.opened, (std::vector<std::string>{"m", "n"}));
    }
    void whatCannotWriteSaysWhyAndOthersGoOn() {
        Bench bench;
        bench.write({{"gone", "a"}, {"m", "b"}}, 2);
        QTRY_COMPARE(bench.ends.size(), 2);
        QCOMPARE(bench.ends[0], QStringLiteral("0 stopped The model is gone; run it again."));
        QCOMPARE(bench.ends[1], QStringLiteral("1 tokens "));
        QVERIFY(bench.heard.contains(QStringLiteral("b2")));
    }
    void aStopEndsAllSoon() {
        Bench bench;
        bench.isGated = true;
        bench.write({{"m", "a"}, {"n", "b"}}, 100);
        bench.gate.release();
        QTRY_VERIFY(bench.heard.contains(QStringLiteral("a1")));
        bench.writer.stop();
        bench.gate.release(2); // the round at work ends
        QTRY_COMPARE(bench.ends, (QStringList{"0 stopped ", "1 stopped "}));
        QVERIFY(!bench.heard.contains(QStringLiteral("a3")));
    }
    void ofAnEarlierRequestNothingIsHeard() {
        Bench bench;
        bench.isGated = true;
        bench.write({{"m", "old"}}, 100);
        bench.gate.release();
        QTRY_VERIFY(bench.heard.contains(QStringLiteral("old1")));
        bench.heard.clear();
        bench.write({{"m", "new"}}, 1);
        bench.gate.release(2);
        QTRY_COMPARE(bench.ends, QStringList{"0 tokens "});
        QCOMPARE(bench.heard, (QStringList{"0 begins", "new1"}));
    }
};

QTEST_GUILESS_MAIN(TestTextWriter)
#include "test_text_writer.moc"
