// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/run_status.h"

#include "spec/imported_run.h"
#include "spec/run_spec_fields.h"

#include <QDateTime>
#include <QGuiApplication>
#include <QPainter>
#include <QPainterPath>

namespace retort {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(retort::RunStatus)
};

/// In a square of 16 × 16.
QPainterPath signOf(RunStatus status) {
    QPainterPath path;
    switch (status) {
    case RunStatus::queued:
        path.addEllipse(QPointF(8, 8), 4.5, 4.5);
        break;
    case RunStatus::running:
        path.addPolygon(QPolygonF{{4.5, 3}, {13, 8}, {4.5, 13}, {4.5, 3}});
        break;
    case RunStatus::paused:
        path.addRect(4, 3.5, 3, 9);
        path.addRect(9, 3.5, 3, 9);
        break;
    case RunStatus::stopped:
        path.addRect(4, 4, 8, 8);
        break;
    case RunStatus::done:
        path.addPolygon(QPolygonF{{3, 8.5}, {6.5, 12}, {13, 4.5}});
        break;
    case RunStatus::diverged:
        path.moveTo(3, 13);
        path.cubicTo(8, 12, 8, 12, 8.5, 3);
        path.moveTo(12, 3);
        path.lineTo(12, 9);
        path.moveTo(12, 12);
        path.lineTo(12, 13);
        break;
    case RunStatus::failed:
        path.moveTo(4, 4);
        path.lineTo(12, 12);
        path.moveTo(12, 4);
        path.lineTo(4, 12);
        break;
    case RunStatus::interrupted:
        path.addPolygon(QPolygonF{{9, 2.5}, {5, 8.5}, {11, 7.5}, {7, 13.5}});
        break;
    }
    return path;
}

bool isFilled(RunStatus status) {
    return status == RunStatus::running || status == RunStatus::paused || status == RunStatus::stopped;
}

QPixmap drawn(RunStatus status, const QColor& color) {
    constexpr int scale = 3;
    QPixmap pixmap(16 * scale, 16 * scale);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(scale, scale);
    painter.setPen(QPen(color, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    if (isFilled(status)) painter.setBrush(color);
    painter.drawPath(signOf(status));
    return pixmap;
}

} // namespace

QString statusText(RunStatus status) {
    switch (status) {
    case RunStatus::queued:
        return Text::tr("queued");
    case RunStatus::running:
        return Text::tr("running");
    case RunStatus::paused:
        return Text::tr("paused");
    case RunStatus::stopped:
        return Text::tr("stopped");
    case RunStatus::done:
        return Text::tr("done");
    case RunStatus::diverged:
        return Text::tr("diverged");
    case RunStatus::failed:
        return Text::tr("failed");
    case RunStatus::interrupted:
        return Text::tr("interrupted");
    }
    return {};
}

QString statusHelp(RunStatus status) {
    switch (status) {
    case RunStatus::queued:
        return Text::tr("Waits for its turn.");
    case RunStatus::running:
        return Text::tr("Is being trained now.");
    case RunStatus::paused:
        return Text::tr("Holds its model in memory; resume to go on.");
    case RunStatus::stopped:
        return Text::tr("Was stopped with a checkpoint; resume to go on from it.");
    case RunStatus::done:
        return Text::tr("Is trained to its end.");
    case RunStatus::diverged:
        return Text::tr("Met NaN or infinity; lower the learning rate or clip gradients.");
    case RunStatus::failed:
        return Text::tr("Ended with an error; the reason is in its log.");
    case RunStatus::interrupted:
        return Text::tr("Its program ended before it did; resume to go on from the checkpoint.");
    }
    return {};
}

QColor statusColor(RunStatus status, bool isDark) {
    switch (status) {
    case RunStatus::running:
        return QColor::fromRgb(isDark ? 0x14B88A : 0x00805D);
    case RunStatus::done:
        return QColor::fromRgb(isDark ? 0x2F95D8 : 0x0072B2);
    case RunStatus::paused:
        return QColor::fromRgb(isDark ? 0xE69F00 : 0x9A6A00);
    case RunStatus::interrupted:
        return QColor::fromRgb(isDark ? 0xE69F00 : 0x9A6A00);
    case RunStatus::diverged:
    case RunStatus::failed:
        return QColor::fromRgb(isDark ? 0xF0804A : 0xC24E00);
    case RunStatus::queued:
    case RunStatus::stopped:
        return QColor::fromRgb(isDark ? 0xA0A0A0 : 0x6A6A6A);
    }
    return {};
}

QIcon statusIcon(RunStatus status, bool isDark) {
    QIcon icon(drawn(status, statusColor(status, isDark)));
    icon.addPixmap(drawn(status, QGuiApplication::palette().color(QPalette::HighlightedText)),
                   QIcon::Selected);
    return icon;
}

QIcon buttonIcon(RunStatus sign, const QPalette& palette) {
    QIcon icon(drawn(sign, palette.color(QPalette::Active, QPalette::ButtonText)));
    icon.addPixmap(drawn(sign, palette.color(QPalette::Disabled, QPalette::ButtonText)), QIcon::Disabled);
    return icon;
}

QString createdText(const RunRecord& run) {
    const auto time = QDateTime::fromString(QString::fromStdString(run.created), Qt::ISODate).toLocalTime();
    return time.isValid() ? time.toString(QStringLiteral("yyyy-MM-dd HH:mm"))
                          : QString::fromStdString(run.created);
}

QString taskText(const RunRecord& run) {
    if (is_imported(run)) return Text::tr("imported");
    if (run.task == Task::teacher) return Text::tr("teacher");
    return QString::fromUtf8(name_of(run.task).data());
}

} // namespace retort
