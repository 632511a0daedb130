// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/text_writer.h"

#include "base/error.h"
#include "store/artifact_folder.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace retort {
namespace {

/// LibTorch's exceptions carry a backtrace below the first line.
std::string sentenceOf(const std::exception& error) {
    const std::string text = error.what();
    return text.substr(0, text.find('\n'));
}

} // namespace

TextWriter::TextWriter(const Workspace& workspace, OpenTextModel open, QObject* parent)
    : QObject(parent), m_workspace(workspace), m_open(std::move(open)) {
    m_thread.setMaxThreadCount(1);
    m_thread.setExpiryTimeout(-1);
}

TextWriter::~TextWriter() {
    stop();
    m_thread.clear();
    m_thread.waitForDone();
}

void TextWriter::write(std::vector<WriteRequest> requests, TryListener listener) {
    stop();
    m_stop = std::stop_source();
    m_listener = std::move(listener);
    m_thread.start([this, number = ++m_number, requests = std::move(requests), stop = m_stop.get_token()] {
        work(number, requests, stop);
    });
}

/// A text is begun and heard of before the next one is read, which may take a while.
void TextWriter::work(int number, const std::vector<WriteRequest>& requests, const std::stop_token& stop) {
    keepModels(requests);
    std::vector<Text> texts;
    for (std::size_t i = 0; i < requests.size() && !stop.stop_requested(); ++i)
        texts.push_back({i, begun({number, i, {}}, requests[i])});
    for (std::size_t i = texts.size(); i < requests.size(); ++i)
        post({number, i, End{}});
    std::erase_if(texts, [](const Text& text) { return text.generation == nullptr; });
    while (!texts.empty() && !stop.stop_requested())
        std::erase_if(texts, [&](const Text& text) {
            return !goesOn({number, text.place, {}}, *text.generation);
        });
    for (const Text& text : texts)
        post({number, text.place, End{}});
}

void TextWriter::keepModels(const std::vector<WriteRequest>& requests) {
    std::erase_if(m_models, [&](const auto& model) {
        return std::ranges::none_of(
            requests, [&](const WriteRequest& request) { return request.run.model_artifact == model.first; });
    });
}

const TextModel& TextWriter::opened(const RunRecord& run) {
    std::unique_ptr<TextModel>& model = m_models[run.model_artifact];
    if (!model) {
        if (!m_open) throw Error(ErrorKind::internal, "This window cannot read models.");
        ArtifactFolder artifacts(m_workspace);
        model = m_open(run, artifacts);
    }
    return *model;
}

/// Null where it cannot begin, which is said.
std::unique_ptr<Generation> TextWriter::begun(const Letter& place, const WriteRequest& request) {
    try {
        auto generation = opened(request.run).begin(request.text);
        post({place.number, place.text, generation->start()});
        return generation;
    } catch (const std::exception& error) {
        post({place.number, place.text, End{GenerationEnd::stopped, sentenceOf(error)}});
        return nullptr;
    }
}

bool TextWriter::goesOn(const Letter& place, Generation& generation) {
    End end;
    try {
        if (auto token = generation.next()) {
            post({place.number, place.text, std::move(*token)});
            return true;
        }
        end.end = generation.end();
    } catch (const std::exception& error) {
        end.problem = sentenceOf(error);
    }
    post({place.number, place.text, std::move(end)});
    return false;
}

void TextWriter::post(Letter letter) {
    m_letters.post(std::move(letter));
    if (!m_isCalled.exchange(true))
        QMetaObject::invokeMethod(this, &TextWriter::deliver, Qt::QueuedConnection);
}

/// Tokens that came while the window was at something else are told together.
void TextWriter::deliver() {
    m_isCalled = false;
    std::map<std::size_t, std::vector<GeneratedToken>> written;
    const TryListener listener = m_listener; // an answer may ask for other texts
    const int number = m_number;
    const auto tell = [&](std::size_t text) {
        if (auto more = written.extract(text); !more.empty()) listener.written(text, more.mapped());
    };
    for (Letter& letter : m_letters.take()) {
        if (letter.number != number || number != m_number) continue;
        if (auto* token = std::get_if<GeneratedToken>(&letter.what)) {
            written[letter.text].push_back(std::move(*token));
        } else if (const auto* start = std::get_if<GenerationStart>(&letter.what)) {
            listener.started(letter.text, *start);
        } else {
            const End& end = std::get<End>(letter.what);
            tell(letter.text);
            listener.ended(letter.text, end.end, end.problem);
        }
    }
    while (!written.empty() && number == m_number)
        tell(written.begin()->first);
}

} // namespace retort
