// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/architecture_layout.h"

#include "analysis/modular_size.h"
#include "spec/grid.h"
#include "spec/run_spec_fields.h"
#include "widgets/forms/model_outline.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace retort {
namespace {

using Kind = ArchitectureBox::Kind;

constexpr double gap = 5;       ///< between boxes side by side
constexpr double stem = 12;     ///< an arrow's length
constexpr double padding = 6;   ///< of the frame around the experts
constexpr double box_air = 8;   ///< of a box beyond its lines of text
constexpr double text_room = 8; ///< beside a text

struct Words {
    Q_DECLARE_TR_FUNCTIONS(retort::ArchitectureDiagram)
};

QString shortText(std::int64_t count) {
    return shortCount(static_cast<double>(count));
}

QString counted(const QString& what, std::int64_t count) {
    return Words::tr("%1: %2 parameters.").arg(what, QLocale().toString(static_cast<qlonglong>(count)));
}

/// Counts and words of the parts; the same wherever they stand.
class Parts {
public:
    explicit Parts(const RunSpec& spec) : m_spec(spec), m_size(modular_size(spec)) {}

    [[nodiscard]] bool isPle() const { return m_spec.modular->architecture == Architecture::ple; }
    [[nodiscard]] bool hasCommon() const { return m_size.common > 0; }
    [[nodiscard]] const std::vector<std::string>& experts() const { return experts_of(m_spec); }

    [[nodiscard]] ArchitectureBox embedding() const {
        return {Kind::table,
                {},
                Words::tr("embedding"),
                shortText(m_size.embedding),
                counted(Words::tr("Token embedding"), m_size.embedding)};
    }
    [[nodiscard]] ArchitectureBox head() const {
        if (m_size.head == 0)
            return {Kind::table,
                    {},
                    Words::tr("tied head"),
                    {},
                    Words::tr("The head shares the token embedding.")};
        return {Kind::table,
                {},
                Words::tr("head"),
                shortText(m_size.head),
                counted(Words::tr("Head"), m_size.head)};
    }
    [[nodiscard]] ArchitectureBox expert(std::size_t place) const {
        const QString name = QString::fromStdString(experts()[place]);
        return {Kind::expert,
                {},
                name,
                shortText(m_size.body),
                counted(Words::tr("Expert %1, %2").arg(name, bodyText()), m_size.body),
                place == 0};
    }
    [[nodiscard]] ArchitectureBox common() const {
        return {
            Kind::common,
            {},
            Words::tr("common"),
            shortText(m_size.common),
            counted(Words::tr("Common expert, which reads everything, %1").arg(bodyText()), m_size.common)};
    }
    [[nodiscard]] ArchitectureBox router() const {
        const QString trained = routeText(m_spec.modular->route), read = routeText(m_spec.evaluation->route);
        const QString name =
            asks_router(m_spec)
                ? Words::tr("router: %1").arg(QString::fromUtf8(name_of(m_spec.router->classifier).data()))
                : Words::tr("by the domain’s label");
        const QString help =
            isPle() ? Words::tr("Who says which expert reads a sequence: %1.").arg(read)
                    : Words::tr("Who says which expert reads a sequence: in training %1, in evaluation %2.")
                          .arg(trained, read);
        return {Kind::step, {}, name, {}, help};
    }
    [[nodiscard]] ArchitectureBox mix() const {
        const double weight = m_spec.modular->common_weight;
        const auto number = [](double value) { return QLocale::c().toString(value, 'g', 3); };
        if (hasCommon())
            return {Kind::step,
                    {},
                    Words::tr("%1 expert + %2 common").arg(number(1 - weight), number(weight)),
                    {},
                    Words::tr("The hidden states of the chosen and the common expert are averaged.")};
        if (isPle())
            return {Kind::step,
                    {},
                    Words::tr("the chosen model’s prediction"),
                    {},
                    Words::tr("One whole model answers; settings of the grid mix the probabilities.")};
        return {Kind::step,
                {},
                Words::tr("the chosen expert’s state"),
                {},
                Words::tr("The hidden states of the chosen expert go to the head as they are.")};
    }

private:
    [[nodiscard]] QString bodyText() const {
        return Words::tr("%1 layers of width %2").arg(m_spec.model.layers).arg(m_spec.model.width);
    }
    static QString routeText(RouteBy route) {
        switch (route) {
        case RouteBy::router:
            return Words::tr("the router");
        case RouteBy::wrong:
            return Words::tr("wrong on purpose");
        case RouteBy::label:
            break;
        }
        return Words::tr("the domain’s label");
    }

    const RunSpec& m_spec;
    ModularSize m_size;
};

/// Rows and columns of the experts, and the heights of everything.
struct Measures {
    Measures(const Parts& parts, double width, const QFontMetricsF& metrics) {
        line = metrics.height();
        bar = line + box_air;
        if (parts.hasCommon())
            common = std::max(metrics.horizontalAdvance(parts.common().name),
                              metrics.horizontalAdvance(parts.common().count)) +
                     2 * text_room;
        experts = width - (common > 0 ? common + 2 * gap : 0);
        const double least = metrics.horizontalAdvance(QStringLiteral("00.0 M")) + text_room;
        const auto n = static_cast<double>(parts.experts().size());
        const double most = std::max(1.0, std::floor((experts - 2 * padding + gap) / (least + gap)));
        rows = static_cast<int>(std::ceil(n / most));
        columns = static_cast<int>(std::ceil(n / rows));
        cell = 2 * line + box_air + (parts.isPle() ? 2 * (line + 2) : 0);
        bars = parts.isPle() ? 2 : 4;
    }
    [[nodiscard]] double height() const {
        return bars * (bar + stem) + 2 * padding + rows * cell + (rows - 1) * gap;
    }
    double line = 0, bar = 0, common = 0, experts = 0, cell = 0;
    int rows = 1, columns = 1, bars = 4;
};

class Composer {
public:
    Composer(const RunSpec& spec, const QRectF& area, const QFontMetricsF& metrics)
        : m_parts(spec), m_measures(m_parts, area.width(), metrics), m_area(area), m_y(area.bottom()) {}

    ArchitectureLayout compose() {
        if (!m_parts.isPle()) addBar(m_parts.embedding(), m_area.width());
        addBar(m_parts.router(), m_measures.experts);
        addExperts();
        addBar(m_parts.mix(), m_area.width());
        if (!m_parts.isPle()) addBar(m_parts.head(), m_area.width());
        m_layout.arrows.pop_back(); // of the uppermost
        return std::move(m_layout);
    }

private:
    /// Above what stands already, with an arrow out of it.
    void addBar(ArchitectureBox box, double width) {
        box.area = {m_area.left(), m_y - m_measures.bar, width, m_measures.bar};
        m_y = box.area.top() - stem;
        addStem(m_area.left() + m_measures.experts / 2, box.area.top(), m_y);
        m_layout.boxes.push_back(std::move(box));
    }
    void addStem(double x, double from, double to) { m_layout.arrows.emplace_back(x, from, x, to); }

    /// What is left of the height belongs to the experts.
    void addExperts() {
        const double above = (m_measures.bars / 2.0) * (m_measures.bar + stem);
        const QRectF frame(m_area.left(), m_area.top() + above, m_measures.experts,
                           m_y - m_area.top() - above);
        m_layout.frame = frame;
        for (std::size_t i = 0; i < m_parts.experts().size(); ++i)
            addExpert(i, cellOf(frame.adjusted(padding, padding, -padding, -padding), static_cast<int>(i)));
        if (m_parts.hasCommon()) addCommon(frame);
        m_y = frame.top() - stem;
        addStem(frame.center().x(), frame.top(), m_y);
    }
    [[nodiscard]] QRectF cellOf(const QRectF& inside, int place) const {
        const double width = (inside.width() + gap) / m_measures.columns - gap;
        const double height = (inside.height() + gap) / m_measures.rows - gap;
        return {inside.left() + place % m_measures.columns * (width + gap),
                inside.top() + place / m_measures.columns * (height + gap), width, height};
    }
    /// Of ple a whole model: embedding, body and head.
    void addExpert(std::size_t place, const QRectF& cell) {
        QRectF body = cell;
        if (m_parts.isPle()) {
            const double table = m_measures.line + 2;
            addTable(m_parts.embedding(), {cell.left(), cell.bottom() - table, cell.width(), table}, place);
            addTable(m_parts.head(), {cell.left(), cell.top(), cell.width(), table}, place);
            body.adjust(0, table, 0, -table);
        }
        ArchitectureBox box = m_parts.expert(place);
        box.area = body;
        m_layout.boxes.push_back(std::move(box));
    }
    /// Too narrow for its name; the tool tip has it.
    void addTable(ArchitectureBox box, const QRectF& area, std::size_t place) {
        box.area = area;
        box.isActive = place == 0;
        box.name = box.count.isEmpty() ? Words::tr("tied") : box.count;
        box.count.clear();
        m_layout.boxes.push_back(std::move(box));
    }
    /// Beside the router, which it does not ask.
    void addCommon(const QRectF& frame) {
        ArchitectureBox box = m_parts.common();
        box.area = {m_area.right() - m_measures.common, frame.top(), m_measures.common, frame.height()};
        const double x = box.area.center().x();
        addStem(x, m_layout.boxes.front().area.top(), frame.bottom());
        addStem(x, frame.top(), frame.top() - stem);
        m_layout.boxes.push_back(std::move(box));
    }

    Parts m_parts;
    Measures m_measures;
    QRectF m_area;
    double m_y; ///< where the next part ends
    ArchitectureLayout m_layout;
};

} // namespace

ArchitectureLayout layOutArchitecture(const RunSpec& spec, const QRectF& area, const QFontMetricsF& metrics) {
    return Composer(spec, area, metrics).compose();
}

double architectureHeight(const RunSpec& spec, double width, const QFontMetricsF& metrics) {
    return Measures(Parts(spec), width, metrics).height();
}

} // namespace retort
