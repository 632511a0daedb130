// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/try_desk.h"

#include "widgets/pages/try_page.h"

#include <utility>

namespace retort {

TryDesk::TryDesk(OpenWorkspace& workspace, TryPage& page, OpenTextModel open, QObject* parent)
    : QObject(parent),
      m_workspace(workspace),
      m_page(page),
      m_writer(workspace.workspace(), std::move(open)) {
    const auto show = [this] { m_page.setRuns(m_workspace.runs()); };
    connect(&m_workspace, &OpenWorkspace::runsReplaced, this, show);
    connect(&m_workspace, &OpenWorkspace::runChanged, this, [show](const RunRecord& run) {
        if (run.status == RunStatus::done) show();
    });
    m_page.setSource(this);
    show();
}

TryDesk::~TryDesk() {
    m_page.setSource(nullptr);
}

void TryDesk::write(std::vector<TryRequest> requests, TryListener listener) {
    std::vector<WriteRequest> found;
    for (TryRequest& request : requests) {
        const RunRecord* run = m_workspace.run(request.run);
        RunRecord gone;
        gone.study = "a run"; // whose absence the engine puts into words
        found.push_back({run != nullptr ? *run : gone, std::move(request.text)});
    }
    m_writer.write(std::move(found), std::move(listener));
}

} // namespace retort
