// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/plot_ticker.h"

#include "widgets/plots/number_text.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace retort {
namespace {

/// As few decimals as write multiples of `step` exactly.
int decimalsOf(double step) {
    for (int decimals = 0; decimals < 5; ++decimals) {
        const double scaled = step * std::pow(10, decimals);
        if (std::abs(scaled - std::round(scaled)) < 1e-6 * scaled) return decimals;
    }
    return 5;
}

QString tickText(double tick, double step) {
    const double size = std::abs(tick);
    if (size < step * 1e-6) return QStringLiteral("0");
    if (size < 1e-3 || size >= 1e6) return QLocale().toString(tick, 'g', 3);
    return QLocale().toString(tick, 'f', decimalsOf(step));
}

struct Unit {
    double size;
    QString letter;
};

/// One unit for all ticks of an axis, by the largest.
Unit unitOf(const QVector<double>& ticks, double largestPlain) {
    double largest = 0;
    for (const double tick : ticks)
        largest = std::max(largest, std::abs(tick));
    if (largest < largestPlain) return {1, {}};
    return largest < 1e6 ? Unit{1e3, QStringLiteral("k")} : Unit{1e6, QStringLiteral("M")};
}

QVector<QString> evenLabels(const QVector<double>& ticks) {
    const Unit unit = unitOf(ticks, 1e4);
    const double step = ticks.size() > 1 ? (ticks[1] - ticks[0]) / unit.size : 1;
    QVector<QString> labels;
    for (const double tick : ticks) {
        const QString text = tickText(tick / unit.size, step);
        labels << (text == QLatin1String("0") ? text : text + unit.letter);
    }
    return labels;
}

/// Whether decades can be counted between the two; not from 0 or below, where an axis is before it has data.
bool spansADecade(double lower, double upper) {
    return lower > 0 && std::isfinite(upper) && upper / lower >= 10;
}

class NumberTicker final : public QCPAxisTicker {
protected:
    QVector<QString> createLabelVector(const QVector<double>& ticks, const QLocale&, QChar, int) override {
        return evenLabels(ticks);
    }
};

/// Ticks at round seconds, minutes and hours.
class TimeTicker final : public QCPAxisTicker {
protected:
    double getTickStep(const QCPRange& range) override {
        static const QVector<double> steps = {1,   2,    5,    10,   15,    30,    60,    120,   300,   600,
                                              900, 1800, 3600, 7200, 14400, 21600, 43200, 86400, 172800};
        const double wanted = range.size() / (mTickCount + 1e-10);
        return wanted > steps.back() ? QCPAxisTicker::getTickStep(range) : pickClosest(wanted, steps);
    }
    int getSubTickCount(double) override { return 1; }
    QString getTickLabel(double tick, const QLocale&, QChar, int) override { return clockText(tick); }
};

class DecadeTicker : public QCPAxisTicker {
protected:
    QVector<double> createTickVector(double tickStep, const QCPRange& range) override {
        if (!spansADecade(range.lower, range.upper)) return QCPAxisTicker::createTickVector(tickStep, range);
        const int first = static_cast<int>(std::floor(std::log10(range.lower)));
        const int last = static_cast<int>(std::ceil(std::log10(range.upper)));
        const int stride = std::max(1, (last - first) / std::max(1, mTickCount));
        QVector<double> ticks;
        for (int decade = first; decade <= last; decade += stride)
            for (const double digit : digits(last - first, stride))
                ticks << digit * std::pow(10, decade);
        return ticks;
    }
    QVector<double> createSubTickVector(int count, const QVector<double>& ticks) override {
        if (ticks.size() < 2 || !spansADecade(ticks.front(), ticks.back()))
            return QCPAxisTicker::createSubTickVector(count, ticks);
        QVector<double> subTicks;
        const int last = static_cast<int>(std::ceil(std::log10(ticks.back())));
        for (int decade = static_cast<int>(std::floor(std::log10(ticks.front()))); decade < last; ++decade)
            for (int digit = 2; digit < 10; ++digit)
                subTicks << digit * std::pow(10, decade);
        return subTicks;
    }
    QVector<QString> createLabelVector(const QVector<double>& ticks, const QLocale&, QChar, int) override {
        if (ticks.size() > 1 && !spansADecade(ticks.front(), ticks.back())) return evenLabels(ticks);
        QVector<QString> labels;
        for (const double tick : ticks) {
            const Unit unit = unitOf({tick}, 1e3);
            labels << QLocale().toString(tick / unit.size, 'g', 3) + unit.letter;
        }
        return labels;
    }

private:
    /// Between decades that lie near each other there is room for more labels.
    [[nodiscard]] QVector<double> digits(int decades, int stride) const {
        if (stride > 1 || decades * 2 > mTickCount) return {1};
        return decades * 3 > mTickCount ? QVector<double>{1, 3} : QVector<double>{1, 2, 5};
    }
};

class TimeDecadeTicker final : public DecadeTicker {
protected:
    QVector<QString> createLabelVector(const QVector<double>& ticks, const QLocale&, QChar, int) override {
        QVector<QString> labels;
        for (const double tick : ticks)
            labels << clockText(tick);
        return labels;
    }
};

} // namespace

QSharedPointer<QCPAxisTicker> xTicker(XAxis axis, bool isLogarithmic) {
    if (isLogarithmic && axis == XAxis::wall_time) return QSharedPointer<TimeDecadeTicker>::create();
    if (isLogarithmic) return QSharedPointer<DecadeTicker>::create();
    if (axis == XAxis::wall_time) return QSharedPointer<TimeTicker>::create();
    return QSharedPointer<NumberTicker>::create();
}

QSharedPointer<QCPAxisTicker> valueTicker(bool isLogarithmic) {
    if (isLogarithmic) return QSharedPointer<DecadeTicker>::create();
    return QSharedPointer<NumberTicker>::create();
}

} // namespace retort
