// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/sentencepiece_module.h"

#include <cmath>
#include <sentencepiece_processor.h>
#include <sentencepiece_trainer.h>

namespace retort {
namespace {

class Model : public SentencePieceModel {
public:
    [[nodiscard]] bool load(const std::string& bytes) {
        return processor_.LoadFromSerializedProto(bytes).ok();
    }
    [[nodiscard]] int size() const override { return processor_.GetPieceSize(); }
    [[nodiscard]] std::string piece(int id) const override { return processor_.IdToPiece(id); }
    [[nodiscard]] int id(const std::string& piece) const override { return processor_.PieceToId(piece); }
    [[nodiscard]] PieceKind kind(int id) const override {
        if (processor_.IsControl(id)) return PieceKind::control;
        if (processor_.IsUnknown(id)) return PieceKind::unknown;
        return processor_.IsByte(id) ? PieceKind::byte : PieceKind::text;
    }
    [[nodiscard]] int bos() const override { return processor_.bos_id(); }
    [[nodiscard]] int eos() const override { return processor_.eos_id(); }
    [[nodiscard]] bool is_bpe() const override {
        for (int id = 0; id < size(); ++id)
            if (std::trunc(processor_.GetScore(id)) != processor_.GetScore(id)) return false;
        return true;
    }
    [[nodiscard]] std::string decode(const std::vector<std::int32_t>& ids) const override {
        std::string text;
        (void)processor_.Decode(std::vector<int>(ids.begin(), ids.end()), &text);
        return text;
    }
    [[nodiscard]] std::string encode(std::string_view text, std::vector<std::int32_t>& ids) const override {
        std::vector<int> part;
        const auto status = processor_.Encode(text, &part);
        ids.insert(ids.end(), part.begin(), part.end());
        return status.ok() ? std::string() : status.ToString();
    }

private:
    sentencepiece::SentencePieceProcessor processor_;
};

class Lines : public sentencepiece::SentenceIterator {
public:
    explicit Lines(const std::vector<std::string>& lines) : lines_(lines) {}
    [[nodiscard]] bool done() const override { return next_ == lines_.size(); }
    void Next() override { ++next_; }
    [[nodiscard]] const std::string& value() const override { return lines_[next_]; }
    [[nodiscard]] sentencepiece::util::Status status() const override { return {}; }

private:
    const std::vector<std::string>& lines_;
    std::size_t next_ = 0;
};

class Module : public SentencePieceModule {
public:
    [[nodiscard]] std::unique_ptr<SentencePieceModel> load(const std::string& bytes) const override {
        auto model = std::make_unique<Model>();
        if (!model->load(bytes)) return nullptr;
        return model;
    }
    [[nodiscard]] std::string train(const SentencePieceOptions& options,
                                    const std::vector<std::string>& lines,
                                    std::string& error) const override {
        Lines iterator(lines);
        std::string bytes;
        const auto status = sentencepiece::SentencePieceTrainer::Train(options, &iterator, &bytes);
        if (!status.ok()) error = status.ToString();
        return bytes;
    }
};

} // namespace
} // namespace retort

extern "C" __attribute__((visibility("default"))) const retort::SentencePieceModule*
retort_sentencepiece_module() {
    static const retort::Module module;
    return &module;
}
