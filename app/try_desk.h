// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/open_workspace.h"
#include "app/text_writer.h"

#include <QObject>

namespace retort {

class TryPage;

/// Gives the Try page the runs of a workspace, and lets them write.
class TryDesk : public QObject, private TrySource {
    Q_OBJECT
public:
    /// The page must outlive the desk, and so must the workspace.
    TryDesk(OpenWorkspace& workspace, TryPage& page, OpenTextModel open, QObject* parent = nullptr);
    ~TryDesk() override;

private:
    void write(std::vector<TryRequest> requests, TryListener listener) override;
    void stopWriting() override { m_writer.stop(); }

    OpenWorkspace& m_workspace;
    TryPage& m_page;
    TextWriter m_writer;
};

} // namespace retort
