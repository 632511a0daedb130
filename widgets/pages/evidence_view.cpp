// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/evidence_view.h"

#include "widgets/forms/accents.h"
#include "widgets/forms/tinted_label.h"
#include "widgets/plots/number_text.h"
#include "widgets/tables/visible_text.h"

#include <QHelpEvent>
#include <QStringDecoder>
#include <QToolTip>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace retort {
namespace {

// Text stays readable on a mark of full weight, light or dark.
constexpr double strongest = 0.5;
constexpr double weakest = 0.05; ///< share of the largest weight below which a token has no mark

/// A letter may be cut by the border of two pieces; it then belongs to the later one.
void placePieces(const std::vector<std::string>& pieces, std::vector<WeighedPiece>& placed, QString& text) {
    QStringDecoder decoder(QStringDecoder::Utf8);
    for (const std::string& piece : pieces) {
        const auto begin = static_cast<int>(text.size());
        text += decoder(QByteArrayView(piece.data(), qsizetype(piece.size())));
        placed.push_back({begin, static_cast<int>(text.size()), 0});
    }
    // A text edit ends its lines so, and would otherwise move all that follows.
    text.replace(QLatin1Char('\r'), QLatin1Char(' '));
}

} // namespace

std::vector<WeighedPiece> weighPieces(const std::vector<std::string>& pieces,
                                      const std::vector<TokenEvidence>& evidence, QString& text) {
    std::vector<WeighedPiece> placed;
    text.clear();
    placePieces(pieces, placed, text);
    for (const TokenEvidence& feature : evidence) {
        const auto count = static_cast<std::int64_t>(placed.size());
        if (feature.first < 0 || feature.length < 1 || feature.first > count - feature.length) continue;
        for (std::int64_t i = feature.first; i < feature.first + feature.length; ++i)
            placed[static_cast<std::size_t>(i)].weight +=
                feature.weight / static_cast<double>(feature.length);
    }
    return placed;
}

EvidenceView::EvidenceView(QWidget* parent)
    : QWidget(parent), m_text(new QTextEdit), m_token(new TintedLabel) {
    m_text->setObjectName(QStringLiteral("evidence"));
    m_text->setReadOnly(true);
    m_text->setAcceptRichText(false);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setTabChangesFocus(true);
    m_text->setAccessibleName(tr("Text with what decided"));
    m_text->setPlaceholderText(tr("The text appears here, with the tokens that decided marked."));
    m_text->viewport()->installEventFilter(this);
    m_token->setObjectName(QStringLiteral("token"));
    m_token->setAccessibleName(tr("Weight of the token"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(3);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_token);
    connect(m_text, &QTextEdit::cursorPositionChanged, this, &EvidenceView::showToken);
    showToken();
}

void EvidenceView::setText(const std::vector<std::string>& pieces,
                           const std::vector<TokenEvidence>& evidence) {
    QString text;
    m_pieces = weighPieces(pieces, evidence, text);
    m_text->setPlainText(text);
    highlight();
    showToken();
}

void EvidenceView::clear() {
    setText({}, {});
}

void EvidenceView::highlight() {
    double largest = 0;
    for (const WeighedPiece& piece : m_pieces)
        largest = std::max(largest, std::abs(piece.weight));
    QList<QTextEdit::ExtraSelection> marks;
    for (const WeighedPiece& piece : m_pieces) {
        const double share = largest == 0 ? 0 : std::abs(piece.weight) / largest;
        if (share < weakest) continue;
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(m_text->document());
        mark.cursor.setPosition(piece.begin);
        mark.cursor.setPosition(piece.end, QTextCursor::KeepAnchor);
        const QColor& accent = piece.weight > 0 ? accents::blue : accents::vermillion;
        mark.format.setBackground(blend(palette().color(QPalette::Base), accent, strongest * share));
        marks << mark;
    }
    m_text->setExtraSelections(marks);
}

const WeighedPiece* EvidenceView::pieceAt(int position) const {
    const auto piece = std::ranges::find_if(m_pieces, [position](const WeighedPiece& one) {
        return one.begin <= position && position < one.end;
    });
    return piece == m_pieces.end() ? nullptr : &*piece;
}

QString EvidenceView::describe(int position) const {
    const WeighedPiece* piece = pieceAt(position);
    if (piece == nullptr) return {};
    const QString token = visibleText(m_text->toPlainText().mid(piece->begin, piece->end - piece->begin));
    if (piece->weight == 0) return tr("“%1” had no say").arg(token);
    return piece->weight > 0 ? tr("“%1”: %2 for the decision").arg(token, numberText(piece->weight, 3))
                             : tr("“%1”: %2 against the decision").arg(token, numberText(-piece->weight, 3));
}

void EvidenceView::showToken() {
    const QString token = describe(m_text->textCursor().position());
    const QString legend = tr("Blue spoke for the decision, red against it.");
    m_token->setText(token.isEmpty() ? legend : tr("%1.  %2").arg(token, legend));
}

bool EvidenceView::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::eventFilter(watched, event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QToolTip::showText(help->globalPos(), describe(m_text->cursorForPosition(help->pos()).position()), this);
    return true;
}

void EvidenceView::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) highlight();
}

} // namespace retort
