// SPDX-License-Identifier: GPL-3.0-or-later
// The safetensors format: a u64 little-endian length N, N bytes of JSON {name: {dtype, shape, data_offsets}},
// then the bytes of the tensors without holes.
#pragma once

#include "nn/language_model.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace retort {

/// fp32, bf16, fp16, int64, int32, uint8 and bool tensors of any device. Written in the given order and
/// synced with the file's folder (write_file_atomically). `metadata` goes under "__metadata__".
void write_safetensors(const std::filesystem::path& file, const std::vector<NamedTensor>& tensors,
                       const std::map<std::string, std::string>& metadata = {});

/// CPU tensors that own their memory. Every length and offset is checked; throws Error{data}, one sentence,
/// for a file that is truncated or otherwise damaged.
[[nodiscard]] std::vector<NamedTensor> read_safetensors(const std::filesystem::path& file);

/// What was written as `metadata`; empty where there was none. Throws as read_safetensors().
[[nodiscard]] std::map<std::string, std::string> read_safetensors_metadata(const std::filesystem::path& file);

} // namespace retort
