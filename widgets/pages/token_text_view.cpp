// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/token_text_view.h"

#include "widgets/forms/accents.h"

#include <QScrollBar>
#include <algorithm>
#include <cmath>

namespace retort {
namespace {

constexpr double strongest = 0.5; // text stays readable on it, light or dark

} // namespace

TokenTextView::TokenTextView(QWidget* parent) : SpanTextView(parent) {
    setObjectName(QStringLiteral("continuation"));
    setAccessibleName(tr("Text that the run writes"));
}

double TokenTextView::shade(double probability) {
    return std::clamp(-std::log10(std::max(probability, 1e-9)) / 4, 0.0, 1.0);
}

void TokenTextView::setPrompt(const QString& prompt) {
    m_prompt = prompt;
    m_tokens.clear();
    forgetChoice();
    redraw();
}

void TokenTextView::append(const std::vector<GeneratedToken>& more) {
    const bool follows = verticalScrollBar()->value() >= verticalScrollBar()->maximum() - 4;
    for (const GeneratedToken& token : more) {
        m_tokens.push_back(token);
        write(token);
    }
    if (follows && current() < 0) verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void TokenTextView::write(const GeneratedToken& token) {
    QTextCharFormat format;
    format.setForeground(palette().color(QPalette::Text));
    const double share = shade(token.probability);
    if (share > 0.02)
        format.setBackground(blend(palette().color(QPalette::Base), accents::orange, strongest * share));
    addSpan(QString::fromStdString(token.text), format);
}

void TokenTextView::redraw() {
    QTextCharFormat dim;
    dim.setForeground(dimText(palette()));
    beginText(m_prompt, dim);
    for (const GeneratedToken& token : m_tokens)
        write(token);
    markCurrent();
}

} // namespace retort
