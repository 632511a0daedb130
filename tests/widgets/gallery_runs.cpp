// SPDX-License-Identifier: GPL-3.0-or-later
// gallery_runs list|groups|problem|bin|empty WIDTH HEIGHT light|dark FILE: draws the Runs page with sample
// data, for a person to look at; columns and difference draw its dialogs.
#include "tests/widgets/gallery.h"
#include "tests/widgets/sample_runs.h"
#include "widgets/pages/runs_page.h"
#include "widgets/tables/run_table.h"

#include <QAction>
#include <QComboBox>
#include <QDialog>
#include <QLineEdit>
#include <QToolButton>

using namespace retort;

namespace {

RunRecord sampleRun(int number) {
    const char* const variants[] = {"fixed", "adaptive", "reverse-kl", "curriculum"};
    const auto status = number == 11  ? RunStatus::running
                        : number == 7 ? RunStatus::diverged
                                      : RunStatus::done;
    RunRecord run = sampleRecord("01J" + std::to_string(1000 + number), variants[number / 3 % 4],
                                 static_cast<std::uint64_t>(number % 3 + 1), status,
                                 status == RunStatus::done ? 400 : 130 + number, 400);
    if (number >= 12) run.study = "temperature";
    run.created = "2026-11-" + std::to_string(10 + number / 2) + "T09:26:53Z";
    const double loss = 3.2 + 0.07 * (number * 7 % 11);
    run.summary.loss = loss;
    run.best = BestEvaluation{380, loss - 0.02};
    for (std::size_t i = 0; i < sampleDomains.size(); ++i)
        run.summary.perplexity[sampleDomains[i]] = std::exp(loss + 0.15 * double(i) - 0.2);
    if (number % 5 == 1) run.marks.tags = {"baseline", "paper"};
    if (number == 4)
        run.marks = {"The one for figure 2", {"paper"}, true, "Warm-up twice as long; see the log."};
    return run;
}

std::vector<RunRecord> sampleRuns() {
    std::vector<RunRecord> runs;
    for (int number = 0; number < 24; ++number)
        runs.push_back(sampleRun(number));
    return runs;
}

void press(const QWidget& page, const QString& text) {
    for (QAction* action : page.actions())
        if (QString(action->text()).remove(u'&') == text) action->trigger();
}

void adjust(QWidget& page, const QString& name) {
    auto* table = page.findChild<RunTable*>();
    auto* filter = page.findChild<QLineEdit*>(QStringLiteral("filter"));
    if (name == QLatin1String("groups")) {
        page.findChild<QComboBox*>(QStringLiteral("grouping"))->setCurrentIndex(2);
        table->expand(table->model()->index(1, 0));
    } else if (name == QLatin1String("problem")) {
        filter->setText(QStringLiteral("perplexity.de < 40 and alpha.mod = adaptive"));
    } else if (name == QLatin1String("bin")) {
        page.findChild<QToolButton*>(QStringLiteral("bin"))->click();
    } else if (name == QLatin1String("columns")) {
        page.findChild<QToolButton*>(QStringLiteral("columns"))->click();
    } else if (name == QLatin1String("difference")) {
        table->select({QStringLiteral("01J1000"), QStringLiteral("01J1003"), QStringLiteral("01J1004")});
        press(page, QStringLiteral("Difference"));
    }
    for (QDialog* dialog : page.findChildren<QDialog*>()) {
        dialog->grab(); // lays it out
        dialog->setParent(&page, Qt::Widget);
        dialog->move((page.width() - dialog->width()) / 2, 80);
        dialog->setAutoFillBackground(true);
        dialog->show();
    }
    if (name == QLatin1String("list")) static_cast<RunsPage&>(page).selectRun(QStringLiteral("01J1004"));
}

} // namespace

int main(int argc, char** argv) {
    const QApplication app(argc, argv);
    const auto create = [](const QString& name) {
        auto page = std::make_unique<RunsPage>();
        if (name == QLatin1String("empty")) return page;
        std::vector<RunRecord> runs = sampleRuns(), bin(runs.end() - 3, runs.end());
        runs.resize(runs.size() - 3);
        page->setRuns(std::move(runs));
        page->setBin(std::move(bin));
        return page;
    };
    return runGallery(create, adjust);
}
