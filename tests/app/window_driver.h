// SPDX-License-Identifier: GPL-3.0-or-later
// What a person does with the window, through the widgets they do it with.
#pragma once

#include "app/main_window.h"
#include "widgets/pages/design_page.h"
#include "widgets/pages/live_page.h"
#include "widgets/pages/runs_page.h"
#include "widgets/plots/line_plot.h"

#include <QPushButton>
#include <QTest>
#include <algorithm>

namespace retort::test {

template <class Widget>
Widget* find(const QWidget& parent, const char* name = nullptr) {
    return name == nullptr ? parent.findChild<Widget*>() : parent.findChild<Widget*>(QLatin1String(name));
}

inline LivePage& livePage(const MainWindow& window) {
    return *find<LivePage>(window);
}

inline void click(const QWidget& parent, const char* button) {
    auto* found = find<QPushButton>(parent, button);
    QVERIFY2(found != nullptr, button);
    QTRY_VERIFY2(found->isVisible() && found->isEnabled(), button);
    QTest::mouseClick(found, Qt::LeftButton);
}

/// Points of the longest curve on the Live page.
inline std::size_t drawnPoints(const MainWindow& window) {
    std::size_t most = 0;
    for (const LinePlot* plot : livePage(window).findChildren<LinePlot*>())
        for (const auto& curve : plot->curves())
            most = std::max(most, curve->size());
    return most;
}

inline bool isTraining(const MainWindow& window) {
    return window.workspace()->controller().isBusy();
}

/// Runs the study of `file` from the Design page, by the mouse.
inline void runByMouse(MainWindow& window, const QString& file) {
    window.openStudy(file);
    QCOMPARE(window.page(), MainWindow::design);
    click(window, "runButton");
    QTRY_VERIFY(isTraining(window));
}

} // namespace retort::test
