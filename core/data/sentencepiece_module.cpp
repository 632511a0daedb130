// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/sentencepiece_module.h"

#include "base/error.h"

#include <dlfcn.h>
#include <filesystem>

namespace retort {
namespace fs = std::filesystem;
namespace {

constexpr const char* file_name = "retort_sentencepiece.so";

// Sanitizers refuse a scope of its own; their builds hold no program that works with it and with LibTorch.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int load_flags = RTLD_NOW | RTLD_LOCAL;
#else
constexpr int load_flags = RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND;
#endif

/// Where Retort is installed, relative to the program; else where it was built.
fs::path module_file() {
    std::error_code none;
    const fs::path program = fs::read_symlink("/proc/self/exe", none);
    const fs::path installed = program.parent_path().parent_path() / "lib/retort/modules" / file_name;
    return fs::exists(installed, none) ? installed : fs::path(RETORT_MODULE_DIR) / file_name;
}

const SentencePieceModule* load_module() {
    const fs::path file = module_file();
    void* library = dlopen(file.c_str(), load_flags);
    if (library == nullptr)
        throw Error(ErrorKind::internal, "Cannot load " + file.string() + "; build or install Retort again.");
    using Entry = const SentencePieceModule* (*)();
    const auto entry = reinterpret_cast<Entry>(dlsym(library, "retort_sentencepiece_module"));
    if (entry == nullptr)
        throw Error(ErrorKind::internal,
                    file.string() + " is of another Retort; build or install Retort again.");
    return entry();
}

} // namespace

const SentencePieceModule& sentencepiece_module() {
    static const SentencePieceModule* const module = load_module();
    return *module;
}

} // namespace retort
