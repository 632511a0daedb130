// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/event_file.h"

#include "interchange/crc32c.h"
#include "interchange/protobuf.h"

#include <array>
#include <cstring>
#include <optional>

namespace retort {
namespace {

using protobuf::Bytes;
using protobuf::Field;

constexpr std::size_t length_size = 8, checksum_size = 4, head_size = length_size + checksum_size;

// Numbers of fields.
namespace event {
constexpr std::uint32_t wall_time = 1, step = 2, file_version = 3, summary = 5, session_log = 7,
                        source_metadata = 10;
}
namespace summary {
constexpr std::uint32_t value = 1;
}
namespace summary_value {
constexpr std::uint32_t tag = 1, simple_value = 2, tensor = 8;
}
namespace tensor {
constexpr std::uint32_t dtype = 1, shape = 2, content = 4, float_val = 5, double_val = 6;
constexpr std::uint64_t dt_float = 1, dt_double = 2;
} // namespace tensor
constexpr std::uint32_t shape_dimension = 2, log_status = 1, writer_name = 1;
constexpr std::uint64_t session_start = 1;

std::uint32_t checksum_of(Bytes bytes) {
    return masked_crc(crc32c(bytes));
}

/// What a file still has; each step takes a record from its front.
class Records {
public:
    explicit Records(Bytes file) : rest_(file) {}

    enum class Found { record, damaged, end };
    [[nodiscard]] Found next(Bytes& record) {
        if (rest_.size() < head_size) return Found::end;
        const auto length = protobuf::load<std::uint64_t>(rest_);
        const bool is_length = checksum_of(rest_.first(length_size)) ==
                               protobuf::load<std::uint32_t>(rest_.subspan(length_size, checksum_size));
        // Without its length nobody knows where the next record begins.
        if (!is_length || rest_.size() < head_size + checksum_size ||
            length > rest_.size() - head_size - checksum_size)
            return Found::end;
        record = rest_.subspan(head_size, static_cast<std::size_t>(length));
        const Bytes tail = rest_.subspan(head_size + record.size());
        rest_ = tail.subspan(checksum_size);
        return checksum_of(record) == protobuf::load<std::uint32_t>(tail) ? Found::record : Found::damaged;
    }
    [[nodiscard]] std::size_t size() const { return rest_.size(); }

private:
    Bytes rest_;
};

bool is_scalar_shape(Bytes shape) {
    protobuf::Reader reader(shape);
    for (Field field; reader.next(field);)
        if (field.number == shape_dimension) return false;
    return true;
}

/// From `content` or the packed or single value of a field.
template <class T>
std::optional<double> value_in(const Field& field) {
    if (field.kind == protobuf::Kind::bytes)
        return field.bytes.size() == sizeof(T) ? std::optional(double{protobuf::load<T>(field.bytes)})
                                               : std::nullopt;
    return sizeof(T) == 4 ? double{field.single()} : field.real();
}

/// Of a tensor of rank 0 that holds a float or a double. A field that is absent has the value 0.
std::optional<double> scalar_in(Bytes message) {
    std::uint64_t type = 0;
    std::optional<Field> content, single, real;
    protobuf::Reader reader(message);
    for (Field field; reader.next(field);) {
        if (field.number == tensor::dtype) type = field.bits;
        if (field.number == tensor::shape && !is_scalar_shape(field.bytes)) return {};
        if (field.number == tensor::content) content = field;
        if (field.number == tensor::float_val) single = field;
        if (field.number == tensor::double_val) real = field;
    }
    if (type == tensor::dt_float) {
        const auto& field = content ? content : single;
        return field ? value_in<float>(*field) : 0.0;
    }
    if (type != tensor::dt_double) return {};
    const auto& field = content ? content : real;
    return field ? value_in<double>(*field) : 0.0;
}

class EventReader {
public:
    EventReader(EventFileListener& listener, EventFileReading& reading)
        : listener_(listener), reading_(reading) {}

    void read(Bytes message) {
        ScalarEvent scalar;
        std::array<Bytes, 2> bodies{}; // summary and log, read when the step is known
        protobuf::Reader reader(message);
        for (Field field; reader.next(field);) {
            if (field.number == event::wall_time) scalar.wall_time = field.real();
            if (field.number == event::step) scalar.step = field.integer();
            if (field.number == event::summary) bodies[0] = field.bytes;
            if (field.number == event::session_log) bodies[1] = field.bytes;
            if (field.number == event::source_metadata) read_source(field.bytes);
        }
        read_log(bodies[1], scalar.step);
        read_summary(bodies[0], scalar);
    }

private:
    void read_source(Bytes message) {
        protobuf::Reader reader(message);
        for (Field field; reader.next(field);)
            if (field.number == writer_name) reading_.writer = field.text();
    }
    void read_log(Bytes message, std::int64_t step) {
        protobuf::Reader reader(message);
        for (Field field; reader.next(field);)
            if (field.number == log_status && field.bits == session_start) listener_.restarted(step);
    }
    void read_summary(Bytes message, ScalarEvent& scalar) {
        protobuf::Reader reader(message);
        for (Field field; reader.next(field);)
            if (field.number == summary::value) read_value(field.bytes, scalar);
    }
    void read_value(Bytes message, ScalarEvent& scalar) {
        std::optional<double> value;
        protobuf::Reader reader(message);
        for (Field field; reader.next(field);) {
            if (field.number == summary_value::tag) scalar.tag = field.text();
            if (field.number == summary_value::simple_value) value = field.single();
            if (field.number == summary_value::tensor) value = scalar_in(field.bytes);
        }
        if (!value) return;
        scalar.value = *value;
        listener_.scalar(scalar);
    }

    EventFileListener& listener_;
    EventFileReading& reading_;
};

template <class T>
void write_number(std::ostream& out, T value) {
    std::array<char, sizeof value> raw{};
    std::memcpy(raw.data(), &value, sizeof value);
    out.write(raw.data(), raw.size());
}

} // namespace

EventFileReading read_event_file(std::span<const std::byte> file, EventFileListener& listener) {
    EventFileReading reading;
    EventReader events(listener, reading);
    Records records(file);
    Bytes record;
    for (auto found = records.next(record); found != Records::Found::end; found = records.next(record)) {
        reading.is_event_file = true;
        if (found == Records::Found::damaged) {
            ++reading.damaged;
            continue;
        }
        ++reading.events;
        events.read(record);
    }
    reading.unread = records.size();
    return reading;
}

EventFileWriter::EventFileWriter(std::ostream& out, double wall_time, std::string_view writer) : out_(out) {
    protobuf::Writer message;
    message.real(event::wall_time, wall_time);
    message.text(event::file_version, "brain.Event:2");
    if (!writer.empty()) {
        protobuf::Writer source;
        source.text(writer_name, writer);
        message.text(event::source_metadata, source.bytes());
    }
    write_record(message.bytes());
}

void EventFileWriter::write(const ScalarEvent& scalar) {
    protobuf::Writer value, values, message;
    value.text(summary_value::tag, scalar.tag);
    value.single(summary_value::simple_value, static_cast<float>(scalar.value));
    values.text(summary::value, value.bytes());
    message.real(event::wall_time, scalar.wall_time);
    message.integer(event::step, scalar.step);
    message.text(event::summary, values.bytes());
    write_record(message.bytes());
}

void EventFileWriter::write_record(std::string_view message) {
    const std::uint64_t length = message.size();
    write_number(out_, length);
    write_number(out_, checksum_of(std::as_bytes(std::span(&length, 1))));
    out_.write(message.data(), static_cast<std::streamsize>(message.size()));
    write_number(out_, checksum_of(std::as_bytes(std::span(message))));
}

} // namespace retort
