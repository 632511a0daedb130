// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/run_record.h"
#include "widgets/pages/claims_source.h"

#include <QWidget>
#include <map>
#include <vector>

class QLabel;
class QVBoxLayout;

namespace retort {

class ClaimCard;

/// What a study claims and whether its finished runs bear it out, a card for each claim.
class ClaimsPanel : public QWidget {
    Q_OBJECT
public:
    explicit ClaimsPanel(QWidget* parent = nullptr);

    /// From where claims are read; forgets those of another. Must outlive the panel or the next call; null:
    /// from nowhere.
    void setSource(ClaimsSource* source);
    /// Reads the claims of `study` (empty: none) where it is another than before, or where runs of it came,
    /// went or ended; else does nothing. `runs` may be of other studies too.
    void showStudy(const std::string& study, const std::vector<RunRecord>& runs);
    [[nodiscard]] bool hasClaims() const { return !m_shown.claims.empty(); }

Q_SIGNALS:
    void claimsChanged();

private:
    QWidget* createTools();
    QWidget* createCards();
    void forget();
    void read();
    void accept(StudyClaims claims);
    void showCards();
    void exportTable();
    [[nodiscard]] QString summary() const;
    [[nodiscard]] QStringList notices() const;

    ClaimsSource* m_source = nullptr;
    std::string m_study;
    std::map<std::string, bool> m_runs; ///< of the study, by id: whether it is done
    StudyClaims m_shown;
    int m_request = 0; ///< of the newest; answers to others do not count
    QLabel* m_summary = nullptr;
    QLabel* m_notice = nullptr;
    QVBoxLayout* m_column = nullptr;
    std::vector<ClaimCard*> m_cards;
};

} // namespace retort
