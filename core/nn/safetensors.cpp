// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/safetensors.h"

#include "base/error.h"
#include "base/files.h"
#include "spec/run_spec_json.h"

#include <ATen/ATen.h>
#include <array>
#include <bit>
#include <cstring>

namespace retort {
namespace fs = std::filesystem;
namespace {

static_assert(std::endian::native == std::endian::little,
              "safetensors are little-endian and are copied as they are");

constexpr std::uint64_t largest_header = 100'000'000;
constexpr std::array<std::pair<at::ScalarType, const char*>, 7> type_names = {{{at::kFloat, "F32"},
                                                                               {at::kBFloat16, "BF16"},
                                                                               {at::kHalf, "F16"},
                                                                               {at::kLong, "I64"},
                                                                               {at::kInt, "I32"},
                                                                               {at::kByte, "U8"},
                                                                               {at::kBool, "BOOL"}}};

const char* name_of_type(at::ScalarType type) {
    for (const auto& [candidate, name] : type_names)
        if (candidate == type) return name;
    throw Error(ErrorKind::internal, "A tensor has a type that safetensors do not hold.");
}

class Reader {
public:
    explicit Reader(const fs::path& file) : file_(file), mapped_(file) {}

    std::vector<NamedTensor> tensors() {
        const Json header = read_header();
        std::vector<NamedTensor> all;
        std::uint64_t expected = 0;
        for (const auto& [name, entry] : header.items()) {
            if (name == "__metadata__") continue;
            all.push_back({name, read_tensor(name, entry)});
            expected += all.back().tensor.nbytes();
        }
        if (expected != data_.size()) damaged("its tensors do not fill it");
        return all;
    }

    std::map<std::string, std::string> metadata() try {
        const Json header = read_header();
        const auto found = header.find("__metadata__");
        return found == header.end() ? std::map<std::string, std::string>()
                                     : found->get<std::map<std::string, std::string>>();
    } catch (const Json::exception&) {
        damaged("its metadata");
    }

private:
    [[noreturn]] void damaged(const std::string& why) const {
        throw Error(ErrorKind::data,
                    file_.string() + " is damaged (" + why + "); take another copy or make it again.");
    }

    Json read_header() {
        const auto bytes = mapped_.bytes();
        std::uint64_t length = 0;
        if (bytes.size() < sizeof length) damaged("it is shorter than its header");
        std::memcpy(&length, bytes.data(), sizeof length);
        if (length > largest_header || length > bytes.size() - sizeof length)
            damaged("it ends within its header");
        const auto* text = reinterpret_cast<const char*>(bytes.data()) + sizeof length;
        Json header = Json::parse(text, text + length, nullptr, false);
        if (!header.is_object()) damaged("its header is no JSON object");
        data_ = bytes.subspan(sizeof length + length);
        return header;
    }

    at::ScalarType type_of(const Json& entry) const {
        for (const auto& [type, name] : type_names)
            if (entry.at("dtype") == name) return type;
        damaged("the type " + entry.at("dtype").dump() + " is not known");
    }

    at::Tensor read_tensor(const std::string& name, const Json& entry) const try {
        const auto shape = entry.at("shape").get<std::vector<std::int64_t>>();
        const auto offsets = entry.at("data_offsets").get<std::array<std::uint64_t, 2>>();
        const at::ScalarType type = type_of(entry);
        std::uint64_t size = at::elementSize(type);
        for (const std::int64_t n : shape) {
            if (n < 0 || (n > 0 && size > data_.size() / static_cast<std::uint64_t>(n)))
                damaged("the shape of " + name);
            size *= static_cast<std::uint64_t>(n);
        }
        if (offsets[0] > offsets[1] || offsets[1] > data_.size() || offsets[1] - offsets[0] != size)
            damaged("the offsets of " + name);
        at::Tensor tensor = at::empty(shape, type);
        std::memcpy(tensor.data_ptr(), data_.data() + offsets[0], size);
        return tensor;
    } catch (const Json::exception&) {
        damaged("the entry of " + name);
    }

    fs::path file_;
    MappedFile mapped_;
    std::span<const std::byte> data_;
};

std::string header_of(const std::vector<NamedTensor>& tensors,
                      const std::map<std::string, std::string>& metadata) {
    Json header = Json::object();
    if (!metadata.empty()) header["__metadata__"] = metadata;
    std::uint64_t offset = 0;
    for (const auto& [name, tensor] : tensors) {
        const std::uint64_t end = offset + tensor.nbytes();
        header[name] = {{"dtype", name_of_type(tensor.scalar_type())},
                        {"shape", tensor.sizes().vec()},
                        {"data_offsets", {offset, end}}};
        offset = end;
    }
    std::string text = header.dump();
    text.append((8 - text.size() % 8) % 8, ' ');
    return text;
}

} // namespace

void write_safetensors(const fs::path& file, const std::vector<NamedTensor>& tensors,
                       const std::map<std::string, std::string>& metadata) {
    const std::string header = header_of(tensors, metadata);
    const std::uint64_t length = header.size();
    std::string bytes(reinterpret_cast<const char*>(&length), sizeof length);
    bytes += header;
    for (const NamedTensor& entry : tensors) {
        const at::Tensor here = entry.tensor.detach().cpu().contiguous();
        bytes.append(static_cast<const char*>(here.data_ptr()), here.nbytes());
    }
    write_file_atomically(file, bytes);
}

std::map<std::string, std::string> read_safetensors_metadata(const fs::path& file) {
    return Reader(file).metadata();
}

std::vector<NamedTensor> read_safetensors(const fs::path& file) {
    return Reader(file).tensors();
}

} // namespace retort
