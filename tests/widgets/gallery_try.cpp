// SPDX-License-Identifier: GPL-3.0-or-later
// gallery_try texts|fresh|empty WIDTH HEIGHT light|dark FILE: draws the Try page with sample data, for a
// person to look at.
#include "sample_texts.h"
#include "tests/widgets/gallery.h"
#include "widgets/pages/token_text_view.h"
#include "widgets/pages/try_page.h"

#include <QPlainTextEdit>
#include <QPushButton>

using namespace retort;

namespace {

SampleTexts source;

void adjust(const QWidget& page, const QString& name) {
    if (name != QLatin1String("texts")) return;
    page.findChild<QPlainTextEdit*>(QStringLiteral("prompt"))
        ->setPlainText(QStringLiteral("When one comes to the town from the east,"));
    page.findChild<QPushButton*>(QStringLiteral("generate"))->click();
    for (std::size_t i = 0; i < source.requests.size(); ++i) {
        source.listener.started(i, sampleStart(i == 2));
        for (int round = 0; round < 5; ++round)
            source.listener.written(i, sampleText());
        if (i != 1) source.listener.ended(i, GenerationEnd::tokens, "");
    }
    page.findChildren<TokenTextView*>()[0]->choose(2);
}

} // namespace

int main(int argc, char** argv) {
    const QApplication app(argc, argv);
    const auto create = [](const QString& name) {
        auto page = std::make_unique<TryPage>();
        page->setSource(&source);
        if (name != QLatin1String("empty")) page->setRuns(sampleWriters());
        return page;
    };
    return runGallery(create, adjust);
}
