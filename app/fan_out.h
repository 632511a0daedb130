// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/event.h"

#include <initializer_list>
#include <vector>

namespace retort {

/// Hands each event to several sinks, in their order.
class FanOut : public EventSink {
public:
    FanOut(std::initializer_list<EventSink*> sinks) : sinks_(sinks) {}
    void accept(const RunEvent& event) override {
        for (EventSink* sink : sinks_)
            sink->accept(event);
    }
    void flush() override {
        for (EventSink* sink : sinks_)
            sink->flush();
    }

private:
    std::vector<EventSink*> sinks_;
};

} // namespace retort
