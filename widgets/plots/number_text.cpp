// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/number_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <array>
#include <charconv>
#include <cmath>

namespace retort {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(retort::NumberText)
};

QString notFiniteText(double value) {
    return std::isnan(value) ? QStringLiteral("NaN") : value > 0 ? QStringLiteral("∞") : QStringLiteral("−∞");
}

/// "2:05" of 125 in units of 60.
QString sexagesimal(std::int64_t value) {
    return QStringLiteral("%1:%2").arg(value / 60).arg(value % 60, 2, 10, QLatin1Char('0'));
}

} // namespace

QString numberText(double value, int digits) {
    if (!std::isfinite(value)) return notFiniteText(value);
    const double size = std::abs(value);
    if (size != 0 && (size < 1e-3 || size >= 1e6)) return QLocale().toString(value, 'g', digits);
    const int before = size == 0 ? 1 : static_cast<int>(std::floor(std::log10(size))) + 1;
    return QLocale().toString(value, 'f', std::max(0, digits - before));
}

QString countText(double value) {
    constexpr std::array<const char*, 5> suffixes = {"", "k", "M", "G", "T"};
    std::size_t suffix = 0;
    while (std::abs(value) >= 999.95 && suffix + 1 < suffixes.size()) {
        value /= 1000;
        ++suffix;
    }
    if (suffix == 0) return QLocale().toString(value, 'f', 0);
    return QLocale().toString(value, 'f', value < 10 ? 2 : 1) + QLatin1String(suffixes[suffix]);
}

QString durationText(double seconds) {
    if (!std::isfinite(seconds) || seconds < 0) return dash();
    const auto whole = static_cast<std::int64_t>(std::llround(seconds));
    if (whole < 60) return Text::tr("%1 s").arg(whole);
    if (whole < 3600) return Text::tr("%1 min").arg(sexagesimal(whole));
    if (whole < 2 * 86400) return Text::tr("%1 h").arg(sexagesimal(whole / 60));
    return Text::tr("%1 d").arg(QLocale().toString(seconds / 86400, 'f', 1));
}

QString clockText(double seconds) {
    const auto whole = static_cast<std::int64_t>(std::llround(seconds));
    if (whole < 60) return QStringLiteral("%1s").arg(whole);
    if (whole < 3600) return sexagesimal(whole);
    return QStringLiteral("%1:%2")
        .arg(whole / 3600)
        .arg(sexagesimal(whole % 3600).rightJustified(5, QLatin1Char('0')));
}

QString decimalText(double value, int decimals) {
    return QLocale().toString(value, 'f', decimals);
}

QString wholeText(std::int64_t value) {
    return QLocale().toString(qlonglong(value));
}

QString dash() {
    return QStringLiteral("–");
}

QString fileNumber(double value) {
    if (std::isnan(value)) return QStringLiteral("NaN");
    if (std::isinf(value)) return value > 0 ? QStringLiteral("Infinity") : QStringLiteral("-Infinity");
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value);
    return QString::fromLatin1(text.data(), end.ptr - text.data());
}

QString fileNumber(const std::optional<double>& value) {
    return value ? fileNumber(*value) : QString();
}

} // namespace retort
