// SPDX-License-Identifier: GPL-3.0-or-later
// gallery_data
// domains|lengths|tokens|vocabulary|read|provenance|import|preview|report|damaged|building|removed|empty
// WIDTH HEIGHT light|dark FILE: draws the Data page with sample data, for a person to look at.
#include "sample_corpora.h"
#include "tests/widgets/gallery.h"
#include "widgets/pages/data_page.h"
#include "widgets/pages/token_border_view.h"
#include "widgets/plots/score_plot.h"

#include <QPushButton>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>

using namespace retort;

namespace {

/// After the page has been shown, because it asks nothing before.
void adjust(QWidget& widget, const QString& name) {
    auto& page = dynamic_cast<DataPage&>(widget);
    const QStringList tabs = {"domains", "lengths", "tokens", "vocabulary", "read", "provenance"};
    if (tabs.contains(name))
        page.findChild<QTabWidget*>(QStringLiteral("corpusTabs"))
            ->setCurrentIndex(static_cast<int>(tabs.indexOf(name)));
    if (name == QLatin1String("lengths"))
        for (int i = 0; i < 9; ++i)
            QTest::keyClick(page.findChild<ScorePlot*>(QStringLiteral("lengthPlot")), Qt::Key_Right);
    if (name == QLatin1String("read")) page.findChild<TokenBorderView*>()->choose(6);
    if (name == QLatin1String("import") || name == QLatin1String("preview"))
        page.beginImport({QStringLiteral("/home/ada/letters.json"), QStringLiteral("/home/ada/texts/fr"),
                          QStringLiteral("/home/ada/src/py")});
    if (name == QLatin1String("preview"))
        page.findChild<QPushButton*>(QStringLiteral("previewImport"))->click();
    if (name == QLatin1String("report")) {
        page.chooseCorpus(QStringLiteral("letters"));
        page.findChild<QTabWidget*>(QStringLiteral("corpusTabs"))->setCurrentIndex(6);
    }
    if (name == QLatin1String("damaged")) page.chooseCorpus(QStringLiteral("wiki"));
    if (name == QLatin1String("building"))
        page.setJob(QStringLiteral("debian-large: fetching libreoffice-help-de"), 0.37);
    if (name == QLatin1String("removed"))
        page.findChild<QToolButton*>(QStringLiteral("removeCorpus"))->click();
}

} // namespace

int main(int argc, char** argv) {
    const QApplication app(argc, argv);
    SampleCorpora source;
    const auto create = [&](const QString& name) {
        auto page = std::make_unique<DataPage>();
        page->setSource(&source);
        page->setRecipes({{"debian-small", "0.5 M tokens a domain; fetches 126 MB"},
                          {"debian-large", "3.4 M tokens a domain; fetches 488 MB"}});
        page->setTokenizers({{"t1", "BPE 300 · en fr de py"}, {"t2", "BPE 4000 · en fr de py"}});
        if (name != QLatin1String("empty"))
            page->setCorpora(
                {sampleCorpus("debian-large"), sampleCorpus(), importedCorpus(), damagedCorpus()});
        return page;
    };
    return runGallery(create, adjust);
}
