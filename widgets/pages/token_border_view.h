// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pages/data_source.h"
#include "widgets/pages/span_text_view.h"

#include <vector>

namespace retort {

/// A stretch of text that ends where a token ends and a letter does too: one token, or several that only
/// together make whole letters.
struct TokenStretch {
    QString text;
    std::size_t first = 0; ///< token
    std::size_t count = 1;
};

/// Bytes that are no UTF-8 even at the end of the text are shown as U+FFFD.
[[nodiscard]] std::vector<TokenStretch> stretchesOf(const std::vector<TextToken>& tokens);

/// A text in which neighbouring tokens have different backgrounds. Line ends show as ⏎.
class TokenBorderView : public SpanTextView {
    Q_OBJECT
public:
    explicit TokenBorderView(QWidget* parent = nullptr);

    /// `words`: what was searched for, drawn bold; empty: nothing.
    void setText(const ArticleText& text, const QString& words);
    /// Of the chosen stretch: piece, id and bytes of its tokens; empty where there is none.
    [[nodiscard]] QString describe(int stretch) const;

private:
    void write(const TokenStretch& stretch, std::size_t place);
    void markWords();
    void redraw() override;

    QString m_plain; ///< of a text without tokens
    std::vector<TextToken> m_tokens;
    std::vector<TokenStretch> m_stretches;
    QString m_words;
};

} // namespace retort
