// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/symbol_icon.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QSvgRenderer>

#include <functional>

// Outside every namespace, as Qt asks: resources of a static library are not registered by themselves.
static void registerResources() {
    Q_INIT_RESOURCE(resources);
}

namespace retort {
namespace {

using ColorOf = std::function<QColor(QIcon::Mode)>;

QByteArray readSymbol(const char* name) {
    registerResources();
    QFile file(QStringLiteral(":/retort/icons/%1.svg").arg(QLatin1String(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

class SymbolEngine : public QIconEngine {
public:
    SymbolEngine(QByteArray svg, ColorOf color) : m_svg(std::move(svg)), m_color(std::move(color)) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        QByteArray colored = m_svg;
        QSvgRenderer(colored.replace("currentColor", m_color(mode).name().toLatin1())).render(painter, rect);
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }
    [[nodiscard]] QIconEngine* clone() const override { return new SymbolEngine(m_svg, m_color); }

private:
    QByteArray m_svg;
    ColorOf m_color;
};

} // namespace

QIcon symbolIcon(const char* name, QPalette::ColorRole role) {
    const auto color = [role](QIcon::Mode mode) {
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        return QGuiApplication::palette().color(group, role);
    };
    return QIcon(new SymbolEngine(readSymbol(name), color));
}

QIcon symbolIcon(const char* name, const QColor& color) {
    return QIcon(new SymbolEngine(readSymbol(name), [color](QIcon::Mode) { return color; }));
}

} // namespace retort
