// SPDX-License-Identifier: GPL-3.0-or-later
// The Data page with sample corpora, and what a person does with it.
#pragma once

#include "sample_corpora.h"
#include "widgets/pages/data_page.h"
#include "widgets/tables/report_table_view.h"

#include <QLabel>
#include <QTabWidget>
#include <QTest>
#include <algorithm>

namespace retort {

enum DataTab { Domains, Lengths, Tokens, Vocabulary, Read, Provenance };

struct DataPageFixture {
    explicit DataPageFixture(std::vector<ListedCorpus> corpora = {sampleCorpus(), damagedCorpus()}) {
        page.setSource(&source);
        page.setRecipes({{"debian-small", "small"}, {"debian-large", "large"}});
        page.setCorpora(std::move(corpora));
        page.resize(1280, 800);
        page.show();
        source.calls.clear();
    }
    template <class Widget>
    Widget* part(const char* name) const {
        auto* found = page.findChild<Widget*>(QLatin1String(name));
        if (found == nullptr) qFatal("no %s", name);
        return found;
    }
    [[nodiscard]] ReportTableView& table(const char* name) const { return *part<ReportTableView>(name); }
    [[nodiscard]] QString cell(const char* name, int row, int column) const {
        return table(name).model()->index(row, column).data().toString();
    }
    /// Ctrl+F in the list of corpora.
    void pressFind() const {
        table("corpora").setFocus();
        QTRY_VERIFY(table("corpora").hasFocus());
        QTest::keyClick(&table("corpora"), Qt::Key_F, Qt::ControlModifier);
    }
    void show(DataTab tab) const {
        page.findChild<QTabWidget*>(QStringLiteral("corpusTabs"))->setCurrentIndex(tab);
    }
    [[nodiscard]] QString label(const char* name) const { return part<QLabel>(name)->text(); }
    [[nodiscard]] std::string lastCall() const { return source.calls.empty() ? "" : source.calls.back(); }
    [[nodiscard]] bool isSaid(const char* words) const {
        const auto labels = page.findChildren<QLabel*>();
        return std::ranges::any_of(labels, [&](const QLabel* one) {
            return one->isVisible() && one->text().contains(QLatin1String(words));
        });
    }
    SampleCorpora source; ///< outlives the page
    DataPage page;
};

} // namespace retort
