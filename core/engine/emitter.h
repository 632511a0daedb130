// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/event.h"
#include "spec/run_ledger.h"

#include <string>
#include <utility>

namespace retort {

/// Stamps events with the run, its attempt and their number. One thread at a time.
class Emitter {
public:
    Emitter(EventSink& sink, std::string run, int attempt)
        : sink_(sink), run_(std::move(run)), attempt_(attempt) {}
    Emitter(EventSink& sink, const RunTicket& ticket) : Emitter(sink, ticket.id, ticket.attempt) {}

    template <class What>
    void operator()(What what) {
        sink_.accept({run_, attempt_, ++sequence_, std::move(what)});
    }
    void info(std::string text) { (*this)(Notice{Notice::Level::info, std::move(text)}); }
    void warn(std::string text) { (*this)(Notice{Notice::Level::warning, std::move(text)}); }
    void flush() { sink_.flush(); }

private:
    EventSink& sink_;
    std::string run_;
    int attempt_;
    std::int64_t sequence_ = 0;
};

} // namespace retort
