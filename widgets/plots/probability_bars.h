// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <string>
#include <vector>

namespace retort {

/// A bar per domain, long as its probability, with a line at the threshold of a decision.
class ProbabilityBars : public QWidget {
    Q_OBJECT
public:
    explicit ProbabilityBars(QWidget* parent = nullptr);

    /// `threshold` 0: no line.
    void setProbabilities(std::vector<std::string> domains, std::vector<double> probabilities,
                          double threshold);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] int rowHeight() const;

    std::vector<std::string> m_domains;
    std::vector<double> m_probabilities;
    double m_threshold = 0;
};

} // namespace retort
