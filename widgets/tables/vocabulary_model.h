// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/tokenizer_statistics.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

namespace retort {

/// The entries of a vocabulary, how often a corpus uses each, and which domain's they are.
class VocabularyModel : public QAbstractTableModel {
    Q_OBJECT
public:
    /// Then a column for each domain: its share of the entry.
    enum Column { Id, Token, Kind, Count, Domain, Specificity, Evidence, FirstShare };
    static constexpr int SortRole = Qt::UserRole; ///< a text or a number
    using QAbstractTableModel::QAbstractTableModel;

    void setCounts(TokenCounts counts);
    [[nodiscard]] const TokenCounts& counts() const { return m_counts; }
    /// Whether some domain uses the entry.
    [[nodiscard]] bool isUsed(int row) const { return affinity(row).count > 0; }
    [[nodiscard]] std::size_t domainOf(int row) const { return affinity(row).domain; }
    [[nodiscard]] QString tokenText(int row) const;
    /// id,token,kind,count,domain,specificity,evidence and count_D of each domain D; numbers exact.
    [[nodiscard]] QString csv() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] const PieceAffinity& affinity(int row) const {
        return m_affinities[static_cast<std::size_t>(row)];
    }
    [[nodiscard]] QString domainName(int row) const;
    [[nodiscard]] QString text(int row, int column) const;
    [[nodiscard]] QVariant sortValue(int row, int column) const;

    TokenCounts m_counts;
    std::vector<PieceAffinity> m_affinities; ///< by id, as the next
    std::vector<double> m_evidence;          ///< that the entry's domain uses it more often than the others
};

/// Shows what contains the words and belongs to the domain.
class VocabularyFilter : public QSortFilterProxyModel {
    Q_OBJECT
public:
    static constexpr int anyDomain = -1, unused = -2;
    explicit VocabularyFilter(VocabularyModel* model, QObject* parent = nullptr);

    void setWords(const QString& words);
    /// Place of a domain, anyDomain, or unused: entries that no domain uses.
    void setDomain(int domain);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    VocabularyModel* m_model;
    QString m_words;
    int m_domain = anyDomain;
};

} // namespace retort
