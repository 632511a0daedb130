// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/probability_bars.h"

#include "widgets/forms/accents.h"
#include "widgets/plots/number_text.h"
#include "widgets/plots/series_style.h"

#include <QPainter>
#include <algorithm>

namespace retort {
namespace {

QString probabilityText(double probability) {
    return decimalText(probability, 3);
}

} // namespace

ProbabilityBars::ProbabilityBars(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Probabilities of the domains"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ProbabilityBars::setProbabilities(std::vector<std::string> domains, std::vector<double> probabilities,
                                       double threshold) {
    m_domains = std::move(domains);
    m_probabilities = std::move(probabilities);
    m_probabilities.resize(m_domains.size());
    m_threshold = threshold;
    QStringList words;
    for (std::size_t i = 0; i < m_domains.size(); ++i)
        words << QStringLiteral("%1 %2").arg(QString::fromStdString(m_domains[i]),
                                             probabilityText(m_probabilities[i]));
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

int ProbabilityBars::rowHeight() const {
    return fontMetrics().height() + 8;
}

QSize ProbabilityBars::sizeHint() const {
    return {200, rowHeight() * static_cast<int>(m_domains.size())};
}

void ProbabilityBars::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    int left = 0;
    for (const std::string& domain : m_domains)
        left = std::max(left, fontMetrics().horizontalAdvance(QString::fromStdString(domain)) + 10);
    const int right = width() - fontMetrics().horizontalAdvance(probabilityText(1)) - 10;
    const bool dark = isDark(palette());
    for (std::size_t i = 0; i < m_domains.size(); ++i) {
        const QString domain = QString::fromStdString(m_domains[i]);
        const QRect row(0, static_cast<int>(i) * rowHeight(), width(), rowHeight());
        const QRectF bar(left, row.top() + 4, (right - left) * std::clamp(m_probabilities[i], 0.0, 1.0),
                         row.height() - 8);
        painter.fillRect(QRectF(left, bar.top(), right - left, bar.height()),
                         palette().color(QPalette::AlternateBase));
        painter.fillRect(bar, styleOf(domain).color(dark));
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(row, Qt::AlignVCenter | Qt::AlignLeft, domain);
        painter.drawText(row, Qt::AlignVCenter | Qt::AlignRight, probabilityText(m_probabilities[i]));
    }
    if (m_threshold <= 0 || m_domains.empty()) return;
    const double x = left + (right - left) * m_threshold;
    painter.setPen(QPen(dimText(palette()), 1.5, Qt::DashLine));
    painter.drawLine(QLineF(x, 0, x, height()));
}

} // namespace retort
