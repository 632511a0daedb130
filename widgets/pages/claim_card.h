// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/claims.h"
#include "widgets/forms/card.h"

class QLabel;

namespace retort {

class Badge;
class ClaimModel;
class TintedLabel;

/// One claim: what it says, whether the runs bear it out and why, and its tests. Ctrl+C in the tests copies
/// it.
class ClaimCard : public Card {
    Q_OBJECT
public:
    explicit ClaimCard(QWidget* parent = nullptr);

    void setClaim(const StudyClaims& study, const ClaimResult& claim);

private:
    QString m_markdown;
    Badge* m_badge;
    QLabel* m_sentence;
    TintedLabel* m_reason;
    ClaimModel* m_model;
};

} // namespace retort
