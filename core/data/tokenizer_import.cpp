// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/tokenizer_import.h"

#include "base/error.h"
#include "base/files.h"

namespace retort {
namespace fs = std::filesystem;
namespace {

constexpr const char* json_name = "tokenizer.json";
constexpr const char* model_name = "tokenizer.model";

} // namespace

TokenizerKind kind_of_tokenizer_file(const fs::path& file) {
    if (file.extension() == ".json") return TokenizerKind::hugging_face_file;
    if (file.extension() == ".model") return TokenizerKind::sentencepiece_file;
    throw Error(ErrorKind::usage,
                file.string() +
                    " is neither a tokenizer.json nor a .model of SentencePiece; name one of them.");
}

TokenizerSource tokenizer_source(const TokenizerSpec& spec) {
    const fs::path file = spec.path;
    if (!fs::is_regular_file(file))
        throw Error(ErrorKind::data, "There is no tokenizer file " + file.string() + "; correct the path.");
    TokenizerSource source{spec.kind, file, read_tokenizer_config(file.parent_path())};
    if (!spec.bos.empty()) source.config.bos = spec.bos;
    if (!spec.eos.empty()) source.config.eos = spec.eos;
    source.config.is_imported = true;
    return source;
}

Tokenizer open_tokenizer(const TokenizerSource& source) {
    return Tokenizer(source.kind == TokenizerKind::hugging_face_file
                         ? load_hugging_face(source.file, source.config)
                         : load_sentencepiece(source.file, source.config));
}

ImportedTokenizer imported_tokenizer(const fs::path& folder) {
    const TokenizerConfig config = read_tokenizer_config(folder);
    const bool is_json = fs::exists(folder / json_name);
    ImportedTokenizer imported{config.file, is_json ? "Hugging Face" : "SentencePiece", config.entries};
    if (imported.file.empty()) imported.file = is_json ? json_name : model_name;
    if (imported.entries == 0) imported.entries = Tokenizer(folder).vocab();
    return imported;
}

void import_tokenizer(const TokenizerSource& source, const fs::path& folder) {
    fs::create_directories(folder);
    // Tried where it lies, so that what is wrong with it is said of the user's file.
    const Tokenizer tokenizer = open_tokenizer(source);
    TokenizerConfig config = source.config;
    config.bos = tokenizer.piece(tokenizer.bos());
    config.eos = tokenizer.piece(tokenizer.eos());
    const fs::path file = fs::absolute(source.file).lexically_normal();
    config.file = (file.parent_path().filename() / file.filename()).string();
    config.entries = tokenizer.vocab();
    const bool is_json = source.kind == TokenizerKind::hugging_face_file;
    write_file_atomically(folder / (is_json ? json_name : model_name), read_file(source.file));
    write_tokenizer_config(folder, config);
}

} // namespace retort
