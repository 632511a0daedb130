// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/vocabulary_model.h"

#include "widgets/plots/csv_file.h"
#include "widgets/plots/number_text.h"
#include "widgets/tables/reading_table.h"
#include "widgets/tables/visible_text.h"

#include <QStringList>

namespace retort {
namespace {

QString kindText(PieceKind kind) {
    switch (kind) {
    case PieceKind::byte:
        return VocabularyModel::tr("byte");
    case PieceKind::control:
        return VocabularyModel::tr("control");
    case PieceKind::unknown:
        return VocabularyModel::tr("unknown");
    default:
        return VocabularyModel::tr("text");
    }
}

/// For each entry that of its own domain; 0 where the others use it as much.
std::vector<double> evidenceOf(const TokenCounts& counts, const std::vector<PieceAffinity>& affinities) {
    std::vector<double> evidence(counts.pieces.size(), 0);
    for (std::size_t domain = 0; domain < counts.domains.size(); ++domain)
        for (const CharacteristicPiece& piece : characteristic_pieces(counts, domain, counts.pieces.size()))
            if (const auto id = static_cast<std::size_t>(piece.id); affinities[id].domain == domain)
                evidence[id] = piece.evidence;
    return evidence;
}

} // namespace

void VocabularyModel::setCounts(TokenCounts counts) {
    beginResetModel();
    m_counts = std::move(counts);
    m_affinities = piece_affinities(m_counts);
    m_evidence = evidenceOf(m_counts, m_affinities);
    endResetModel();
}

int VocabularyModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_counts.pieces.size());
}

int VocabularyModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : FirstShare + static_cast<int>(m_counts.domains.size());
}

QString VocabularyModel::tokenText(int row) const {
    return visibleText(QString::fromStdString(m_counts.pieces[static_cast<std::size_t>(row)].text));
}

QString VocabularyModel::domainName(int row) const {
    if (!isUsed(row)) return dash();
    return QString::fromStdString(m_counts.domains[domainOf(row)].domain);
}

QString VocabularyModel::text(int row, int column) const {
    const PieceAffinity& of = affinity(row);
    switch (column) {
    case Id:
        return QString::number(row);
    case Token:
        return tokenText(row);
    case Kind:
        return kindText(m_counts.pieces[static_cast<std::size_t>(row)].kind);
    case Count:
        return wholeText(of.count);
    case Domain:
        return domainName(row);
    case Specificity:
        return of.count > 0 ? decimalText(of.specificity, 3) : dash();
    case Evidence:
        return numberText(m_evidence[static_cast<std::size_t>(row)], 4);
    default:
        return decimalText(100 * of.shares[static_cast<std::size_t>(column - FirstShare)], 1);
    }
}

QVariant VocabularyModel::sortValue(int row, int column) const {
    const PieceAffinity& of = affinity(row);
    switch (column) {
    case Id:
        return row;
    case Count:
        return qlonglong(of.count);
    case Specificity:
        return of.count > 0 ? of.specificity : -1;
    case Evidence:
        return m_evidence[static_cast<std::size_t>(row)];
    case Token:
    case Kind:
    case Domain:
        return text(row, column);
    default:
        return of.shares[static_cast<std::size_t>(column - FirstShare)];
    }
}

QVariant VocabularyModel::data(const QModelIndex& index, int role) const {
    const int column = index.column();
    const bool areWords = column == Token || column == Kind || column == Domain;
    switch (role) {
    case Qt::DisplayRole:
        return text(index.row(), column);
    case Qt::TextAlignmentRole:
        return cellAlignment(areWords);
    case SortRole:
        return sortValue(index.row(), column);
    default:
        return {};
    }
}

QVariant VocabularyModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(section == Token || section == Kind || section == Domain);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
    const bool isHelp = role == Qt::ToolTipRole;
    switch (section) {
    case Id:
        return isHelp ? tr("Press S to sort by the column of the current cell") : tr("Id");
    case Token:
        return isHelp ? tr("As the tokenizer writes it; ▁ is a space") : tr("Token");
    case Kind:
        return isHelp ? tr("Text, a byte to fall back on, or a mark that stands for no text") : tr("Kind");
    case Count:
        return isHelp ? tr("Occurrences in the counted text of all domains") : tr("Count");
    case Domain:
        return isHelp ? tr("The domain that uses it most, per token of the domain") : tr("Domain");
    case Specificity:
        return isHelp ? tr("0: all domains use it alike, 1: one alone; by chance high where the count is low")
                      : tr("Specificity");
    case Evidence:
        return isHelp ? tr("G²: that its domain uses it more often than the others; above 10.8, p < 0.001")
                      : tr("Evidence");
    default: {
        const std::size_t domain = static_cast<std::size_t>(section - FirstShare);
        const QString name = QString::fromStdString(m_counts.domains[domain].domain);
        return isHelp ? tr("Share of %1 in the entry, in %; each domain weighs alike").arg(name)
                      : tr("%1, %").arg(name);
    }
    }
}

QString VocabularyModel::csv() const {
    QStringList heading = {"id", "token", "kind", "count", "domain", "specificity", "evidence"};
    for (const DomainTokens& domain : m_counts.domains)
        heading << csvField(QStringLiteral("count_") + QString::fromStdString(domain.domain));
    QString csv = heading.join(QLatin1Char(',')) + QLatin1Char('\n');
    for (int row = 0; row < rowCount(); ++row) {
        const auto id = static_cast<std::size_t>(row);
        const PieceAffinity& of = affinity(row);
        QStringList fields = {QString::number(row),
                              csvField(QString::fromStdString(m_counts.pieces[id].text)),
                              kindText(m_counts.pieces[id].kind),
                              QString::number(of.count),
                              isUsed(row) ? csvField(domainName(row)) : QString(),
                              isUsed(row) ? fileNumber(of.specificity) : QString(),
                              fileNumber(m_evidence[id])};
        for (const DomainTokens& domain : m_counts.domains)
            fields << QString::number(domain.counts[id]);
        csv += fields.join(QLatin1Char(',')) + QLatin1Char('\n');
    }
    return csv;
}

VocabularyFilter::VocabularyFilter(VocabularyModel* model, QObject* parent)
    : QSortFilterProxyModel(parent), m_model(model) {
    setSourceModel(model);
    setSortRole(VocabularyModel::SortRole);
}

void VocabularyFilter::setWords(const QString& words) {
    m_words = words;
    invalidateFilter();
}

void VocabularyFilter::setDomain(int domain) {
    m_domain = domain;
    invalidateFilter();
}

bool VocabularyFilter::filterAcceptsRow(int row, const QModelIndex&) const {
    const bool isUsed = m_model->isUsed(row);
    if (m_domain == unused && isUsed) return false;
    if (m_domain >= 0 && (!isUsed || m_model->domainOf(row) != static_cast<std::size_t>(m_domain)))
        return false;
    return m_words.isEmpty() || m_model->tokenText(row).contains(m_words, Qt::CaseInsensitive);
}

} // namespace retort
