// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/figure_style.h"
#include "report/venue.h"
#include "sample_figures.h"

#include <QString>
#include <QStringList>
#include <QTest>
#include <algorithm>

using namespace retort;
using namespace retort::test;

namespace {

QString csv_of(const Figure& figure) {
    return QString::fromStdString(to_csv(figure));
}

const CurveFigure& curves_of(const Figure& figure) {
    return std::get<CurveFigure>(figure.content);
}

bool has(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

} // namespace

class TestFigure : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void csvHasEveryPoint() {
        const QStringList lines = csv_of(curve_figure()).split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 1 + 3 + 20);
        QCOMPARE(lines[0], "curve,step,value,low,high");
        QCOMPARE(lines[1], "adaptive_50% (n = 2),0,3,2.5,3.5");
        QCOMPARE(lines[11], "adaptive/1,8,9.125,,");
        QVERIFY(csv_of(curve_figure()).contains(QLatin1String("adaptive/1,12,NaN,,\n")));
        QVERIFY(csv_of(curve_figure()).contains(QLatin1String("adaptive/1,14,Infinity,,\n")));
        QCOMPARE(point_count(curve_figure()), std::size_t{23});
    }
    void csvOfTheOthersIsExact() {
        QCOMPARE(csv_of(bar_figure()),
                 "group,bar,value,low,high\nen,fixed,1.5,1.4,1.6\nen,adaptive,1.25,1.2,1.3\n"
                 "de,fixed,2.5,,\nde,adaptive,,,\n");
        QCOMPARE(csv_of(interval_figure()),
                 "label,estimate,low,high,note\nadaptive − fixed,-0.05,-0.07,-0.03,supported\n"
                 "one seed,0.02,,,\n");
        QCOMPARE(csv_of(matrix_figure()), "True,en,de,unknown\nen,10,1,0\nde,2,8,\n");
        QCOMPARE(csv_of(point_figure()),
                 "line,x,y,low,high,x_low,x_high,name\ncolumn,16,0.5,0.25,0.75,,,\n"
                 "\"accuracy, 95 %\",8,0.5,0.4,0.6,6,10,a_b\n\"accuracy, 95 %\",32,0.75,,,,,\n"
                 "front,8,0.5,,,,,\nfront,32,0.25,,,,,\nseeds,8,0.45,,,,,\n"
                 "count,8,12,,,,,\ncount,32,3,,,,,\n");
        QCOMPARE(csv_of(parallel_figure()), "run,/lr,/alpha/kind,result\ns/a/1,0.001,fixed,3.5\n"
                                            "s/b/1,0.002,a_b,3.25\ns/c/1,0.003,fixed,\n");
        Figure more = bar_figure();
        more.data = "all,of,it\n";
        QCOMPARE(csv_of(more), "all,of,it\n");
    }
    void clockColumnsComeWhereTheyAreKnown() {
        Figure figure = curve_figure();
        FigureCurve& mean = std::get<CurveFigure>(figure.content).curves[0];
        mean.tokens = {0, 640, 1280};
        mean.wall_seconds = {0, 0.5, 1.25};
        const QStringList lines = csv_of(figure).split(u'\n');
        QCOMPARE(lines[0], "curve,step,tokens,wall_seconds,value,low,high");
        QCOMPARE(lines[3], "adaptive_50% (n = 2),20,1280,1.25,1.1,1,1.2");
        QCOMPARE(lines[4].left(17), "adaptive/1,1,,,2.");
        QCOMPARE(mean.position(1, XAxis::tokens), 640.0);
        QCOMPARE(mean.position(1, XAxis::step), 10.0);
    }
    void thinningKeepsWhatTheEyeSees() {
        const Figure all = curve_figure(20'000), few = thinned(all, 100);
        const auto& before = curves_of(all).curves[1].values;
        const auto& after = curves_of(few).curves[1].values;
        QVERIFY(after.size() >= 200 && after.size() <= 700);
        QCOMPARE(after.front(), before.front());
        QCOMPARE(after.back(), before.back());
        QCOMPARE(std::ranges::count(after, 9.125), 1);
        QVERIFY(std::ranges::any_of(after, [](double value) { return std::isnan(value); }));
        QVERIFY(std::ranges::any_of(after, [](double value) { return std::isinf(value); }));
        QVERIFY(std::ranges::is_sorted(curves_of(few).curves[1].steps));
        QCOMPARE(curves_of(few).curves[0].values.size(), std::size_t{3}); // few points stay
    }
    /// The least and the greatest of each hundredth, found the plain way.
    void thinningKeepsTheExtremesOfEachColumn() {
        const Figure all = curve_figure(20'000), few = thinned(all, 100);
        const FigureCurve &before = curves_of(all).curves[1], &after = curves_of(few).curves[1];
        const double width = (20'000 - 1) / 100.0;
        const auto extremes = [&](const FigureCurve& curve, std::size_t column) {
            std::pair<double, double> found{1e9, -1e9};
            for (std::size_t i = 0; i < curve.values.size(); ++i) {
                const double place = (static_cast<double>(curve.steps[i]) - 1) / width;
                if (!std::isfinite(curve.values[i]) || std::floor(place) != static_cast<double>(column))
                    continue;
                found.first = std::min(found.first, curve.values[i]);
                found.second = std::max(found.second, curve.values[i]);
            }
            return found;
        };
        for (std::size_t column = 0; column < 100; ++column)
            QCOMPARE(extremes(after, column), extremes(before, column));
    }
    void jsonReadsBackWhatWasWritten() {
        for (const Figure& figure : all_figures()) {
            const std::string text = to_json(figure).dump();
            QCOMPARE(to_json(read_figure(Json::parse(text))).dump(), text);
        }
        QVERIFY(std::isnan(curves_of(read_figure(to_json(curve_figure()))).curves[1].values[11]));
    }
    void badJsonIsRefused() {
        const auto refuses = [](const Json& json) {
            try {
                (void)read_figure(json);
                return false;
            } catch (const std::invalid_argument&) {
                return true;
            }
        };
        Json json = to_json(curve_figure());
        QVERIFY(!refuses(json));
        json["content"]["curves"][0]["low"].push_back(1);
        QVERIFY(refuses(json));
        json = to_json(bar_figure());
        json["name"] = "../elsewhere";
        QVERIFY(refuses(json));
        json["name"] = "x";
        json["kind"] = "pie";
        QVERIFY(refuses(json));
        QVERIFY(refuses(Json::object()));
    }
    void pgfplotsSaysWhatItDraws() {
        const std::string tex = to_pgfplots(curve_figure(20'000), 396, 216);
        for (const char* part :
             {"\\definecolor{retortD55E00}{HTML}{D55E00}", "width=396.00bp", "ymode=log",
              "ylabel={Loss (nats per token)}", "fill between[of=low0 and high0]", "dashed",
              "\\addlegendentry{adaptive\\_50\\% (n = 2)}", "of 20003 points", "loss.csv"})
            QVERIFY2(has(tex, part), part);
        QVERIFY(!has(tex, "adaptive/1")); // a seed has no entry
        QVERIFY(has(to_pgfplots(bar_figure(), 234, 160), "xticklabels={{en},{de}}"));
        QVERIFY(has(to_pgfplots(interval_figure(), 234, 160), "adaptive $-$ fixed (supported)"));
        QVERIFY(has(to_pgfplots(matrix_figure(), 234, 160), "{unknown}"));
        const std::string points = to_pgfplots(point_figure(), 396, 216);
        for (const char* part :
             {"xmode=log", "xticklabels={{8},{whole \\& all}}", "(8,0.5) += (2,0.", "{a\\_b};", "const plot",
              "\\fill[black!14]", "bar width=2", "\\addlegendentry{accuracy, 95 \\%}"})
            QVERIFY2(has(points, part), part);
        QVERIFY(!has(points, "\\addlegendentry{seeds}"));
        const std::string sweep = to_pgfplots(parallel_figure(), 396, 216);
        for (const char* part : {"\\draw[black!14] (0,0", "\\draw[black!50] (0,1", "{alpha.kind", "{a\\_b}"})
            QVERIFY2(has(sweep, part), part);
    }
    void provenanceNamesTheRuns() {
        const Json json = figure_provenance(curve_figure(), {{"retort", "1"}});
        QCOMPARE(json["runs"][0]["id"].get<std::string>(), std::string("01J"));
        QCOMPARE(json["points"].get<int>(), 23);
        QCOMPARE(json["options"]["metric"].get<std::string>(), std::string("loss"));
        QCOMPARE(json["made_with"]["retort"].get<std::string>(), std::string("1"));
    }
    void namesAreFileNames() {
        QCOMPARE(figure_name("Loss by domain: en & fr "), "loss-by-domain-en-fr");
        QCOMPARE(figure_name("…"), "figure");
    }
    void widthsAreTheVenues() {
        QCOMPARE(venue_of("neurips")->width, 396.0);
        QCOMPARE(venue_of("icml-column")->width, 234.0);
        QVERIFY(std::abs(venue_of("ieee-column")->width - 251.06) < 0.01);
        QVERIFY(!venue_of("nowhere"));
    }
    void neighboursDifferWithoutColour() {
        for (int place = 0; place < 40; ++place)
            QVERIFY(dash_of(style_slot_of_variant(place)) != dash_of(style_slot_of_variant(place + 1)));
    }
};

QTEST_APPLESS_MAIN(TestFigure)
#include "test_figure.moc"
