// SPDX-License-Identifier: GPL-3.0-or-later
// A report laid out on pages, from its values: what the PDF and the preview show.
#pragma once

#include "report/document.h"
#include "widgets/print/page_box.h"

#include <QSize>
#include <QString>

namespace retort {

/// The window's thread, as all that draws figures.
class ReportPages {
public:
    static constexpr QSize a4{595, 842}; ///< points

    explicit ReportPages(const ReportDocument& document);

    [[nodiscard]] int count() const { return static_cast<int>(m_pages.size()); }
    /// Page `page`, counted from 0, from (0, 0) to `a4`, in points, on the painter's background.
    void draw(int page, QCPPainter& painter) const;
    /// As PDF with its fonts in it. Whether it could be written.
    [[nodiscard]] bool write(const QString& file) const;

private:
    QString m_title;
    std::vector<Page> m_pages;
};

} // namespace retort
