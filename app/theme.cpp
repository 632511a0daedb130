// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/theme.h"

#include "app/window_style.h"

#include <QApplication>
#include <QPalette>
#include <QStyle>
#include <QStyleFactory>

#include <array>
#include <utility>

// Outside every namespace, as Qt asks: resources of a static library are not registered by themselves.
static void registerResources() {
    Q_INIT_RESOURCE(window);
}

namespace retort {
namespace {

constexpr std::array<std::pair<Theme, const char*>, 3> names = {
    {{Theme::system, "system"}, {Theme::light, "light"}, {Theme::dark, "dark"}}};

struct Shades {
    const char* window;
    const char* base;
    const char* alternate;
    const char* button;
    const char* text;
    const char* faint;
    const char* accent;
    const char* accentText;
    const char* link;
};

constexpr Shades light_shades = {"#f5f5f4", "#ffffff", "#f0f0ee", "#ececea", "#1c1c1e",
                                 "#6b6b70", "#0072b2", "#ffffff", "#00639b"};
constexpr Shades dark_shades = {"#2b2c2f", "#1b1c1e", "#222326", "#3a3b40", "#ececec",
                                "#9a9aa0", "#1f77b4", "#ffffff", "#56b4e9"};

QPalette paletteOf(const Shades& shades) {
    QPalette palette(QColor(shades.button), QColor(shades.window));
    for (const auto role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText})
        palette.setColor(role, QColor(shades.text));
    palette.setColor(QPalette::Base, QColor(shades.base));
    palette.setColor(QPalette::AlternateBase, QColor(shades.alternate));
    palette.setColor(QPalette::ToolTipBase, QColor(shades.base));
    palette.setColor(QPalette::PlaceholderText, QColor(shades.faint));
    palette.setColor(QPalette::Highlight, QColor(shades.accent));
    palette.setColor(QPalette::HighlightedText, QColor(shades.accentText));
    palette.setColor(QPalette::Link, QColor(shades.link));
    palette.setColor(QPalette::LinkVisited, QColor(shades.link));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, QColor(shades.faint));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor(shades.faint));
    return palette;
}

/// The styles of some desktops draw with colours of their own; Fusion takes ours.
QStyle* createStyle(const QString& name) {
    if (name.compare(QLatin1String("fusion"), Qt::CaseInsensitive) == 0) return new WindowStyle;
    return QStyleFactory::create(name);
}

/// The style that the desktop chose, read before the first change.
const QString& desktopStyle() {
    static const QString name = QApplication::style()->objectName();
    return name;
}

} // namespace

QString themeName(Theme theme) {
    for (const auto& [candidate, name] : names)
        if (candidate == theme) return QLatin1String(name);
    return {};
}

Theme themeOf(const QString& name) {
    for (const auto& [theme, candidate] : names)
        if (name == QLatin1String(candidate)) return theme;
    return Theme::system;
}

void initWindowResources() {
    registerResources();
}

void applyTheme(Theme theme) {
    const QString& desktop = desktopStyle();
    if (theme == Theme::system) {
        QApplication::setStyle(createStyle(desktop));
        QApplication::setPalette(QPalette());
        return;
    }
    QApplication::setStyle(createStyle(QStringLiteral("fusion")));
    QApplication::setPalette(paletteOf(theme == Theme::dark ? dark_shades : light_shades));
}

} // namespace retort
