// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/print/report_pages.h"

#include <QAbstractScrollArea>
#include <QImage>
#include <map>
#include <memory>

namespace retort {

/// Pages below each other as they will be printed, as wide as the window lets them be. Page Up and Page Down
/// go from page to page, Home and End to the ends, + and − change the size, 0 fits it to the width.
class ReportPreview : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit ReportPreview(QWidget* parent = nullptr);
    ~ReportPreview() override;

    /// From its first page.
    void setDocument(const ReportDocument& document);
    [[nodiscard]] int pageCount() const;
    /// Of the page that is uppermost, from 0.
    [[nodiscard]] int currentPage() const;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    [[nodiscard]] double scale() const;          ///< pixels of the window for a point
    [[nodiscard]] QRect placeOf(int page) const; ///< on the whole strip of pages
    [[nodiscard]] const QImage& imageOf(int page);
    void goTo(int page);
    void zoom(double factor);
    void layOut();

    std::unique_ptr<ReportPages> m_pages;
    std::map<int, QImage> m_images; ///< of pages that were shown lately, at the present scale
    double m_zoom = 1;              ///< of the width
};

} // namespace retort
