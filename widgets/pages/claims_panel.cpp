// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/claims_panel.h"

#include "widgets/forms/bold_font.h"
#include "widgets/forms/tool_button.h"
#include "widgets/pages/claim_card.h"
#include "widgets/plots/figure_file.h"
#include "widgets/tables/claim_text.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPointer>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace retort {
namespace {

/// "adaptive (seeds 1, 2), fixed (seeds 2)" of adaptive/1, adaptive/2 and fixed/2.
QString byVariant(const std::vector<std::string>& runs) {
    std::map<QString, QStringList> seeds;
    for (const std::string& run : runs) {
        const QString name = QString::fromStdString(run);
        const auto slash = name.lastIndexOf(QLatin1Char('/'));
        seeds[name.left(slash)] << name.mid(slash + 1);
    }
    QStringList parts;
    for (const auto& [variant, numbers] : seeds)
        parts << (numbers.size() == 1 ? ClaimsPanel::tr("%1 (seed %2)") : ClaimsPanel::tr("%1 (seeds %2)"))
                     .arg(variant, numbers.join(QStringLiteral(", ")));
    return parts.join(QStringLiteral(", "));
}

} // namespace

ClaimsPanel::ClaimsPanel(QWidget* parent) : QWidget(parent), m_notice(new QLabel) {
    m_notice->setObjectName(QStringLiteral("claimsNotice"));
    m_notice->setAccessibleName(tr("What the verdicts still need"));
    m_notice->setWordWrap(true);
    m_notice->setTextFormat(Qt::PlainText);
    m_notice->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(createTools());
    layout->addWidget(m_notice);
    layout->addWidget(createCards(), 1);
    showCards();
}

QWidget* ClaimsPanel::createTools() {
    auto* tools = new QWidget;
    m_summary = new QLabel;
    m_summary->setObjectName(QStringLiteral("claimsSummary"));
    m_summary->setFont(boldFont(m_summary->font()));
    auto* copy =
        createToolButton("copyClaims", tr("Cop&y"), tr("Copy all claims as Markdown (Ctrl+C in one: that)"));
    auto* save =
        createToolButton("exportClaims", tr("Export &verdicts…"), tr("All tests and their numbers, as CSV"));
    auto* row = new QHBoxLayout(tools);
    row->setContentsMargins({});
    row->addWidget(m_summary, 1);
    row->addWidget(copy);
    row->addWidget(save);
    connect(copy, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(claimsMarkdown(m_shown)); });
    connect(save, &QToolButton::clicked, this, &ClaimsPanel::exportTable);
    return tools;
}

QWidget* ClaimsPanel::createCards() {
    auto* cards = new QWidget;
    m_column = new QVBoxLayout(cards);
    m_column->setContentsMargins({});
    m_column->setSpacing(8);
    m_column->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidgetResizable(true);
    scroll->setWidget(cards);
    return scroll;
}

void ClaimsPanel::setSource(ClaimsSource* source) {
    m_source = source;
    forget();
    accept({});
}

void ClaimsPanel::forget() {
    m_study.clear();
    m_runs.clear();
    ++m_request;
}

void ClaimsPanel::showStudy(const std::string& study, const std::vector<RunRecord>& runs) {
    if (study.empty()) {
        forget();
        return accept({});
    }
    std::map<std::string, bool> now;
    for (const RunRecord& run : runs)
        if (run.study == study) now.emplace(run.id, run.status == RunStatus::done);
    if (study == m_study && now == m_runs) return;
    m_study = study;
    m_runs = std::move(now);
    read();
}

void ClaimsPanel::read() {
    if (m_source == nullptr) return;
    m_source->readClaims(m_study, [panel = QPointer(this), request = ++m_request](const StudyClaims& claims) {
        if (panel != nullptr && panel->m_request == request) panel->accept(claims);
    });
}

void ClaimsPanel::accept(StudyClaims claims) {
    if (claims.claims.empty() && m_shown.claims.empty()) return;
    m_shown = std::move(claims);
    showCards();
    Q_EMIT claimsChanged();
}

void ClaimsPanel::showCards() {
    while (m_cards.size() > m_shown.claims.size()) {
        delete m_cards.back();
        m_cards.pop_back();
    }
    while (m_cards.size() < m_shown.claims.size()) {
        m_cards.push_back(new ClaimCard);
        m_column->insertWidget(m_column->count() - 1, m_cards.back());
    }
    for (std::size_t i = 0; i < m_cards.size(); ++i)
        m_cards[i]->setClaim(m_shown, m_shown.claims[i]);
    m_summary->setText(summary());
    m_notice->setText(notices().join(QLatin1Char('\n')));
    m_notice->setVisible(!m_notice->text().isEmpty());
}

QString ClaimsPanel::summary() const {
    if (!m_shown.conclusions) return tr("%1: no conclusions").arg(QString::fromStdString(m_shown.study));
    QStringList parts;
    for (const Verdict verdict : {Verdict::supported, Verdict::contradicted, Verdict::undecided}) {
        const auto count = std::ranges::count(m_shown.claims, verdict, &ClaimResult::verdict);
        if (count > 0) parts << tr("%1 %2").arg(count).arg(verdictText(verdict));
    }
    return tr("Claims of %1: %2")
        .arg(QString::fromStdString(m_shown.study), parts.join(QStringLiteral(", ")));
}

QStringList ClaimsPanel::notices() const {
    QStringList sentences;
    if (!m_shown.missing.empty())
        sentences << tr("Run the study with all its seeds (%1 of them); these runs are not finished: %2.")
                         .arg(QString::number(m_shown.seeds.size()), byVariant(m_shown.missing));
    if (!m_shown.deviating.empty())
        sentences << tr("Not made as the text of the study now says, but with other settings or before a "
                        "change of it: %1. Run them again to judge the text.")
                         .arg(byVariant(m_shown.deviating));
    return sentences;
}

void ClaimsPanel::exportTable() {
    askAndSaveTable(this, tr("Export verdicts"), QStringLiteral("claims"),
                    [this](const QString& file) { return exportClaims(m_shown, file); });
}

} // namespace retort
