// SPDX-License-Identifier: GPL-3.0-or-later
// TensorBoard's event files: records of `length, checksum of the length, bytes, checksum of the bytes`
// (lengths u64, checksums masked CRC-32C as u32, all little endian), each record an Event message
// (tensorboard/compat/proto/event.proto, summary.proto, tensor.proto).
#pragma once

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <span>
#include <string>
#include <string_view>

namespace retort {

struct ScalarEvent {
    std::int64_t step = 0;
    double wall_time = 0; ///< seconds since 1970
    std::string_view tag; ///< good for the time of the call
    double value = 0;     ///< written with 32 bits, as TensorBoard keeps it
};

/// What reads an event file is told of it, in the file's order.
class EventFileListener {
public:
    virtual ~EventFileListener() = default;
    virtual void scalar(const ScalarEvent& event) = 0;
    /// A training was taken up again: points from this step on that came before are void.
    virtual void restarted(std::int64_t step) = 0;
};

struct EventFileReading {
    std::string writer;         ///< that names itself, as Retort does; may be empty
    std::int64_t events = 0;    ///< records that were whole
    std::int64_t damaged = 0;   ///< records that did not give their checksum; they are left out
    std::size_t unread = 0;     ///< bytes at the end that are no whole record, as a killed writer leaves them
    bool is_event_file = false; ///< it begins with a record
};

/// Scalars of both forms: simple_value, and tensors of rank 0 with 32 or 64 bits. All else that an event file
/// may hold is passed over.
[[nodiscard]] EventFileReading read_event_file(std::span<const std::byte> file, EventFileListener& listener);

/// How Retort names itself in what it writes.
inline constexpr std::string_view own_writer = "retort";

class EventFileWriter {
public:
    /// Writes the record that every event file begins with. `out` must outlive the writer, and tells by its
    /// state whether it took all.
    EventFileWriter(std::ostream& out, double wall_time, std::string_view writer = own_writer);
    void write(const ScalarEvent& event);
    /// Any Event message, as protocol buffers write it.
    void write_record(std::string_view message);

private:
    std::ostream& out_;
};

} // namespace retort
