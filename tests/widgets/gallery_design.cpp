// SPDX-License-Identifier: GPL-3.0-or-later
// Draws the Studies and Design pages with sample data: gallery_design FOLDER WIDTHxHEIGHT light|dark.
#include "tests/widgets/gallery.h"
#include "widgets/forms/spec_form.h"
#include "widgets/pages/design_page.h"
#include "widgets/pages/studies_page.h"

#include <QLineEdit>
#include <QListWidget>
#include <QTabWidget>

using namespace retort;

namespace {

constexpr auto study_text = R"({
  "retort": 1, "name": "alpha", "title": "Is an adaptive alpha better than a fixed one?", "seeds": [1, 2, 3],
  "base": {
    "task": "distill",
    "data": {"corpus": "debian-small", "domains": ["en", "fr", "de", "py"], "context": 128},
    "teacher": {"model": {"layers": 6, "width": 256, "heads": 8}, "optim": {"tokens": 2000000}},
    "model": {"layers": 3, "width": 128, "heads": 4},
    "optim": {"tokens": 500000, "batch": 32}
  },
  "variants": {
    "half": {},
    "low-alpha": {"distill": {"alpha": {"value": 0.1}}},
    "warm": {"distill": {"temperature": 2, "scale_t2": true}, "optim": {"lr": 0.001}},
    "ce-only": {"distill": {"alpha": {"value": 1}}}
  }})";

void shoot(QWidget& page, const QString& file, const QSize& size) {
    page.resize(size);
    page.show();
    for (int i = 0; i < 5; ++i)
        QCoreApplication::processEvents();
    page.grab().save(file);
}

void type(QWidget& page, const char* input, const QString& text) {
    auto* line = page.findChild<QLineEdit*>(QLatin1String(input));
    line->setText(text);
    Q_EMIT line->textEdited(text);
}

void shootDesign(const QString& prefix, const QSize& size) {
    DesignPage page;
    page.setStudy(read_study(study_text).study, QStringLiteral("alpha.json"));
    page.setEstimate(QStringLiteral("About 14 minutes, 310 MB of memory"));
    shoot(page, prefix + QStringLiteral("design-base.png"), size);
    auto* variants = page.findChild<QListWidget*>(QStringLiteral("variants"));
    variants->setCurrentRow(3);
    type(page, "/optim/lr/input", QStringLiteral("fast"));
    type(page, "/model/heads/input", QStringLiteral("5"));
    page.activateWindow();
    page.findChild<QLineEdit*>(QStringLiteral("/optim/lr/input"))->setFocus();
    shoot(page, prefix + QStringLiteral("design-problems.png"), size);
    page.findChild<QTabWidget*>()->setCurrentIndex(1);
    shoot(page, prefix + QStringLiteral("design-json.png"), size);
}

constexpr auto modular_text = R"({
  "retort": 1, "name": "architectures", "title": "Which architecture?", "seeds": [1, 2, 3],
  "base": {"task": "modular"},
  "variants": {
    "ple": {"modular": {"architecture": "ple"}},
    "jeet": {},
    "moe-ce": {"modular": {"architecture": "moe-ce"}},
    "untied": {"model": {"tied": false}},
    "twelve": {"modular": {"architecture": "moe-ce"}, "optim": {"batch": 24},
               "data": {"domains": ["en", "fr", "de", "py", "es", "it", "nl", "sv", "java", "rust", "german", "c"]}},
    "twelve-ple": {"modular": {"architecture": "ple"}, "optim": {"batch": 24},
               "data": {"domains": ["en", "fr", "de", "py", "es", "it", "nl", "sv", "java", "rust", "german", "c"]}}
  }})";

void shootModular(const QString& prefix, const QSize& size) {
    DesignPage page;
    page.setStudy(read_study(modular_text).study, QStringLiteral("architectures.json"));
    auto* variants = page.findChild<QListWidget*>(QStringLiteral("variants"));
    for (int row = 1; row < variants->count(); ++row) {
        variants->setCurrentRow(row);
        shoot(page, prefix + QStringLiteral("design-modular-%1.png").arg(row), size);
    }
}

constexpr auto stages_text = R"({
  "retort": 1, "name": "remedies", "title": "Which remedy helps against forgetting?", "seeds": [1, 2, 3],
  "base": {"schedule": {"kind": "sequential", "domains": ["en", "de", "fr", "py"]}},
  "variants": {
    "naive": {},
    "replay": {"remedies": {"replay": 0.1}},
    "all": {"remedies": {"replay": 0.25, "freeze": {"layers": 1}, "average": {"kind": "fixed", "share": 0.3},
                         "ewc": {"strength": 100}, "lwf": {"weight": 0.5, "temperature": 2}}}
  }})";

void shootStages(const QString& prefix, const QSize& size) {
    DesignPage page;
    page.setStudy(read_study(stages_text).study, QStringLiteral("remedies.json"));
    auto* variants = page.findChild<QListWidget*>(QStringLiteral("variants"));
    for (const int row : {1, 3}) {
        variants->setCurrentRow(row);
        shoot(page, prefix + QStringLiteral("design-stages-%1.png").arg(row), size);
        page.findChild<SpecForm*>()->focusField("/remedies/lwf/weight");
        shoot(page, prefix + QStringLiteral("design-remedies-%1.png").arg(row), size);
    }
}

void shootStudies(const QString& prefix, const QSize& size) {
    StudiesPage page;
    page.setWorkspace(QStringLiteral("/home/ada/retort/first-light"));
    shoot(page, prefix + QStringLiteral("studies-empty.png"), size);
    page.setRecentWorkspaces(
        {QStringLiteral("/home/ada/retort/first-light"), QStringLiteral("/data/forgetting")});
    page.setReadyStudies(
        {{QStringLiteral("First light"),
          QStringLiteral("A small teacher and two students, with and without distillation, in five minutes."),
          QStringLiteral("first-light.json")},
         {QStringLiteral("Fixed or adaptive alpha?"),
          QStringLiteral("The two ways to weigh cross-entropy against the teacher, over six seeds."),
          QStringLiteral("paper/alpha.json")},
         {QStringLiteral("Which router?"),
          QStringLiteral("Classifiers over token ids that tell four languages apart."),
          QStringLiteral("paper/router.json")},
         {QStringLiteral("What is forgotten?"),
          QStringLiteral("Languages one after another, in balanced batches, and with an expert for each."),
          QStringLiteral("paper/forgetting.json")}});
    page.setQueue({{QStringLiteral("alpha/half/1"), QStringLiteral("running"), 0.42},
                   {QStringLiteral("alpha/half/2"), QStringLiteral("waiting"), 0},
                   {QStringLiteral("alpha/low-alpha/1"), QStringLiteral("waiting"), 0},
                   {QStringLiteral("alpha/low-alpha/2"), QStringLiteral("waiting"), 0}});
    page.findChild<QListWidget*>(QStringLiteral("queue"))->setCurrentRow(1);
    page.setQueuePaused(true);
    shoot(page, prefix + QStringLiteral("studies.png"), size);
}

} // namespace

int main(int argc, char** argv) {
    QApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 4) return 2;
    setLooks(arguments[3]);
    const QStringList sides = arguments[2].split(u'x');
    const QString prefix = QStringLiteral("%1/%2-%3-").arg(arguments[1], arguments[2], arguments[3]);
    const QSize size(sides.value(0).toInt(), sides.value(1).toInt());
    shootStudies(prefix, size);
    shootDesign(prefix, size);
    shootModular(prefix, size);
    shootStages(prefix, size);
}
