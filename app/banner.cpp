// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/banner.h"

#include "widgets/forms/accents.h"
#include "widgets/forms/symbol_icon.h"

#include <QAccessible>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace retort {
namespace {

struct Look {
    const char* icon;
    QColor edge; ///< the text keeps the palette's colour, for contrast
};

Look lookOf(BannerArea::Level level) {
    switch (level) {
    case BannerArea::Level::info:
        return {"info", accents::blue};
    case BannerArea::Level::warning:
        return {"warning", accents::orange};
    case BannerArea::Level::error:
        break;
    }
    return {"error", accents::vermillion};
}

QLabel* makeText(const QString& text, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setObjectName(QStringLiteral("bannerText"));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    return label;
}

QLabel* makeIcon(const Look& look, QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setPixmap(symbolIcon(look.icon, look.edge).pixmap(16));
    return label;
}

} // namespace

BannerArea::BannerArea(QWidget* parent) : QWidget(parent), m_layout(new QVBoxLayout(this)) {
    m_layout->setContentsMargins(8, 8, 8, 0);
    m_layout->setSpacing(4);
    hide();
}

void BannerArea::showMessage(const QString& topic, Level level, const QString& text, const Action& action) {
    clear(topic);
    QWidget* banner = makeBanner(topic, level, text, action);
    m_banners.insert(topic, banner);
    m_layout->addWidget(banner);
    show();
    QAccessibleEvent alert(banner, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void BannerArea::clear(const QString& topic) {
    QWidget* banner = m_banners.take(topic);
    if (banner == nullptr) return;
    banner->hide();
    banner->deleteLater(); // the click on one of its buttons may have brought us here
    setVisible(!m_banners.isEmpty());
}

QString BannerArea::text(const QString& topic) const {
    QWidget* banner = m_banners.value(topic);
    return banner == nullptr ? QString() : banner->findChild<QLabel*>(QStringLiteral("bannerText"))->text();
}

QWidget* BannerArea::makeBanner(const QString& topic, Level level, const QString& text,
                                const Action& action) {
    const Look look = lookOf(level);
    auto* banner = new QFrame(this);
    banner->setObjectName(QStringLiteral("banner"));
    banner->setAccessibleName(text);
    banner->setStyleSheet(QStringLiteral("#banner { background: palette(base); border: 1px solid %1; "
                                         "border-left: 4px solid %1; border-radius: 4px; }")
                              .arg(look.edge.name()));
    auto* row = new QHBoxLayout(banner);
    row->setContentsMargins(10, 6, 6, 6);
    row->addWidget(makeIcon(look, banner));
    row->addWidget(makeText(text, banner));
    if (!action.label.isEmpty()) {
        auto* button = new QPushButton(action.label, banner);
        connect(button, &QPushButton::clicked, this, action.run);
        row->addWidget(button);
    }
    auto* close = new QToolButton(banner);
    close->setAutoRaise(true);
    close->setIcon(symbolIcon("close"));
    close->setAccessibleName(tr("Close this message"));
    connect(close, &QToolButton::clicked, this, [this, topic] { clear(topic); });
    row->addWidget(close);
    return banner;
}

} // namespace retort
