// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/mailbox.h"
#include "engine/generate.h"
#include "store/workspace.h"
#include "widgets/pages/try_source.h"

#include <QObject>
#include <QThreadPool>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <variant>
#include <vector>

namespace retort {

/// open_text_model(), or what a test has in its place; called on the writer's thread.
using OpenTextModel = std::function<std::unique_ptr<TextModel>(const RunRecord&, ArtifactStore&)>;

struct WriteRequest {
    RunRecord run;
    GenerationRequest text;
};

/// Lets runs write beside the window's thread: all texts on one thread of its own, a token of each in turn.
/// The models that wrote last are kept in memory.
class TextWriter : public QObject {
    Q_OBJECT
public:
    TextWriter(const Workspace& workspace, OpenTextModel open, QObject* parent = nullptr);
    /// Waits for the token, or the model being read, that is at work.
    ~TextWriter() override;

    /// Answers come on this object's thread; from now on none to an earlier request.
    void write(std::vector<WriteRequest> requests, TryListener listener);
    void stop() { m_stop.request_stop(); }

private:
    struct End {
        GenerationEnd end = GenerationEnd::stopped;
        std::string problem;
    };
    struct Letter {
        int number = 0; ///< of the request
        std::size_t text = 0;
        std::variant<GenerationStart, GeneratedToken, End> what;
    };
    struct Text {
        std::size_t place = 0;
        std::unique_ptr<Generation> generation;
    };

    void work(int number, const std::vector<WriteRequest>& requests, const std::stop_token& stop);
    void keepModels(const std::vector<WriteRequest>& requests);
    [[nodiscard]] const TextModel& opened(const RunRecord& run);
    [[nodiscard]] std::unique_ptr<Generation> begun(const Letter& place, const WriteRequest& request);
    [[nodiscard]] bool goesOn(const Letter& place, Generation& generation);
    void post(Letter letter);
    void deliver();

    Workspace m_workspace;
    OpenTextModel m_open;
    std::map<std::string, std::unique_ptr<TextModel>> m_models; ///< by artifact; on the pool's thread alone
    TryListener m_listener;
    int m_number = 0; ///< of the request that is heard of
    std::stop_source m_stop;
    Mailbox<Letter> m_letters;
    std::atomic<bool> m_isCalled = false; ///< deliver() is on its way
    QThreadPool m_thread;
};

} // namespace retort
