// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/print/page_box.h"

namespace retort {
namespace {

/// From `begin` on, the boxes that stay together, and how high they are without the space before them.
struct Group {
    std::size_t end = 0;
    double height = 0;
};

Group groupAt(const std::vector<PageBox>& boxes, std::size_t begin) {
    Group group{begin, 0};
    do {
        if (group.end > begin) group.height += boxes[group.end].spaceBefore;
        group.height += boxes[group.end].height;
    } while (boxes[group.end++].staysWithNext && group.end < boxes.size());
    return group;
}

class Paginator {
public:
    explicit Paginator(double height) : m_height(height), m_pages(1) {}

    void place(const std::vector<PageBox>& boxes, std::size_t begin, const Group& group) {
        const bool isTooHigh = m_used + boxes[begin].spaceBefore + group.height > m_height;
        if (isTooHigh && !m_pages.back().empty()) beginPage(boxes[begin]);
        for (std::size_t i = begin; i < group.end; ++i)
            place(boxes[i]);
    }
    [[nodiscard]] std::vector<Page> take() { return std::move(m_pages); }

private:
    void place(const PageBox& box) {
        const double space = m_pages.back().empty() ? 0 : box.spaceBefore;
        if (m_used + space + box.height > m_height &&
            !m_pages.back().empty()) { // higher than a page together
            beginPage(box);
            return append(box, 0);
        }
        append(box, space);
    }
    void append(const PageBox& box, double space) {
        m_used += space;
        m_pages.back().push_back({m_used, box});
        m_used += box.height;
    }
    void beginPage(const PageBox& first) {
        m_pages.emplace_back();
        m_used = 0;
        if (first.repeated) append(*first.repeated, 0);
    }

    double m_height;
    double m_used = 0;
    std::vector<Page> m_pages;
};

} // namespace

std::vector<Page> paginate(const std::vector<PageBox>& boxes, double height) {
    Paginator paginator(height);
    for (std::size_t begin = 0; begin < boxes.size();) {
        const Group group = groupAt(boxes, begin);
        paginator.place(boxes, begin, group);
        begin = group.end;
    }
    return paginator.take();
}

} // namespace retort
