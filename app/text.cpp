// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace retort {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(retort::Text)
};

} // namespace

QString roughDuration(double seconds) {
    const auto total = static_cast<qint64>(std::llround(std::max(seconds, 0.0)));
    if (total < 60) return Text::tr("%1 s").arg(total);
    if (total < 600) return Text::tr("%1 min %2 s").arg(total / 60).arg(total % 60);
    const qint64 minutes = (total + 30) / 60;
    if (minutes < 60) return Text::tr("%1 min").arg(minutes);
    if (minutes < 24 * 60) return Text::tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
    return Text::tr("%1 d %2 h").arg(minutes / (24 * 60)).arg(minutes / 60 % 24);
}

QString bytesText(double bytes) {
    // A shape typed by mistake may need more bytes than fit 64 bits.
    const auto whole = static_cast<qint64>(std::clamp(bytes, 0.0, 9e18));
    return QLocale().formattedDataSize(whole, whole < 1'000'000'000 ? 0 : 1, QLocale::DataSizeSIFormat);
}

} // namespace retort
