// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>
#include <QWidget>

#include <functional>

class QVBoxLayout;

namespace retort {

/// Messages above the page, in place of dialogs that would stop the work. One message a topic: a newer one
/// takes the place of the older. Hidden while there is none.
class BannerArea : public QWidget {
    Q_OBJECT
public:
    enum class Level { info, warning, error };

    /// What the message's button does; no button without a label.
    struct Action {
        QString label;
        std::function<void()> run;
    };

    explicit BannerArea(QWidget* parent = nullptr);

    void showMessage(const QString& topic, Level level, const QString& text, const Action& action = {});
    void clear(const QString& topic);
    /// Empty when there is none.
    [[nodiscard]] QString text(const QString& topic) const;

private:
    [[nodiscard]] QWidget* makeBanner(const QString& topic, Level level, const QString& text,
                                      const Action& action);

    QVBoxLayout* m_layout;
    QMap<QString, QWidget*> m_banners;
};

} // namespace retort
