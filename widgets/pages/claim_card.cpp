// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/claim_card.h"

#include "widgets/forms/accents.h"
#include "widgets/forms/badge.h"
#include "widgets/forms/bold_font.h"
#include "widgets/tables/claim_table.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace retort {
namespace {

TintedLabel::Tint tintOf(ShownVerdict verdict) {
    if (!verdict || *verdict == Verdict::undecided) return dimText;
    if (*verdict == Verdict::supported)
        return [](const QPalette& palette) { return readable(accents::green, palette); };
    return [](const QPalette& palette) { return readable(accents::vermillion, palette); };
}

} // namespace

ClaimCard::ClaimCard(QWidget* parent)
    : Card({}, parent),
      m_badge(new Badge),
      m_sentence(new QLabel),
      m_reason(new TintedLabel),
      m_model(new ClaimModel(this)) {
    m_badge->setObjectName(QStringLiteral("verdict"));
    m_sentence->setObjectName(QStringLiteral("sentence"));
    m_sentence->setFont(boldFont(m_sentence->font()));
    m_reason->setObjectName(QStringLiteral("reason"));
    for (QLabel* label : {m_sentence, static_cast<QLabel*>(m_reason)}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    auto* row = new QHBoxLayout;
    row->setSpacing(10);
    row->addWidget(m_badge, 0, Qt::AlignTop);
    row->addWidget(m_sentence, 1);
    auto* table = new ClaimTable(m_model);
    body()->addLayout(row);
    body()->addWidget(m_reason);
    body()->addWidget(table);
    connect(table, &ClaimTable::copyRequested, this,
            [this] { QGuiApplication::clipboard()->setText(m_markdown); });
}

void ClaimCard::setClaim(const StudyClaims& study, const ClaimResult& claim) {
    const ShownVerdict verdict = shownVerdict(study, claim.verdict);
    m_markdown = claimMarkdown(study, claim);
    m_badge->setText(signedVerdict(verdict));
    m_badge->setTint(tintOf(verdict));
    m_sentence->setText(QString::fromStdString(claim.claim.text));
    m_reason->setText(QString::fromStdString(claim.reason));
    m_model->setTests(claim.tests, study.conclusions);
    setAccessibleName(tr("%1: %2").arg(verdictText(verdict), m_sentence->text()));
}

} // namespace retort
