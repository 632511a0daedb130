// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/generation.h"
#include "widgets/pages/span_text_view.h"

#include <vector>

namespace retort {

/// A text while a model writes it, behind its prompt: each token the more shaded the less probable it was.
class TokenTextView : public SpanTextView {
    Q_OBJECT
public:
    explicit TokenTextView(QWidget* parent = nullptr);

    /// Begins anew.
    void setPrompt(const QString& prompt);
    void append(const std::vector<GeneratedToken>& more);
    [[nodiscard]] const std::vector<GeneratedToken>& tokens() const { return m_tokens; }
    /// Share of the shade for a probability: 0 where it was certain, 1 at a ten-thousandth and below.
    [[nodiscard]] static double shade(double probability);

private:
    void write(const GeneratedToken& token);
    void redraw() override;

    QString m_prompt;
    std::vector<GeneratedToken> m_tokens;
};

} // namespace retort
