// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/design_page.h"

#include "widgets/forms/architecture_diagram.h"
#include "widgets/forms/architecture_view.h"
#include "widgets/forms/card.h"
#include "widgets/forms/fidelity_choice.h"
#include "widgets/forms/field_text.h"
#include "widgets/forms/inline_message.h"
#include "widgets/forms/json_view.h"
#include "widgets/forms/loss_formula.h"
#include "widgets/forms/model_table.h"
#include "widgets/forms/primary_button.h"
#include "widgets/forms/problem_list.h"
#include "widgets/forms/spec_form.h"
#include "widgets/forms/study_document.h"
#include "widgets/forms/study_header.h"
#include "widgets/forms/symbol_icon.h"
#include "widgets/forms/tinted_label.h"
#include "widgets/forms/variant_list.h"

#include <QAction>
#include <QApplication>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSplitter>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace retort {
namespace {

QString counted(const QString& one, const QString& many, std::size_t count) {
    return count == 1 ? one : many.arg(count);
}

} // namespace

struct DesignPage::Parts {
    StudyDocument document;
    QAction* run = nullptr;
    QAction* save = nullptr;
    QAction* undo = nullptr;
    QAction* redo = nullptr;
    StudyHeader* header = nullptr;
    TintedLabel* fileName = nullptr;
    VariantList* variants = nullptr;
    QTabWidget* tabs = nullptr;
    SpecForm* form = nullptr;
    JsonView* json = nullptr;
    LossFormula* formula = nullptr;
    FidelityChoice* fidelity = nullptr;
    Card* models = nullptr;
    ArchitectureView* drawing = nullptr;
    ArchitectureDiagram* diagram = nullptr; ///< in place of the drawing where the model is modular
    ModelTable* table = nullptr;
    ProblemList* problems = nullptr;
    QLabel* estimate = nullptr;
    QLabel* runs = nullptr;
    InlineMessage* reason = nullptr;
    PrimaryButton* runButton = nullptr;
};

DesignPage::DesignPage(QWidget* parent) : QWidget(parent), m(std::make_unique<Parts>()) {
    createActions();
    createLayout();
    connectForm();
    showStudy();
}

DesignPage::~DesignPage() = default;

void DesignPage::createActions() {
    m->undo = m->document.undoStack()->createUndoAction(this, tr("Undo"));
    m->undo->setShortcut(QKeySequence::Undo);
    m->redo = m->document.undoStack()->createRedoAction(this, tr("Redo"));
    m->redo->setShortcuts({QKeySequence(tr("Ctrl+Shift+Z")), QKeySequence(tr("Ctrl+Y"))});
    m->save = new QAction(tr("Save study"), this);
    m->save->setShortcut(QKeySequence::Save);
    m->run = new QAction(tr("Run study"), this);
    m->run->setShortcut(QKeySequence(tr("Ctrl+R")));
    const std::pair<QAction*, const char*> actions[] = {
        {m->undo, "undo"}, {m->redo, "redo"}, {m->save, "save"}, {m->run, "run"}};
    for (const auto& [action, name] : actions) {
        action->setIcon(symbolIcon(name));
        action->setObjectName(QLatin1String(name));
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        addAction(action);
    }
    connect(m->run, &QAction::triggered, this, &DesignPage::run);
    connect(m->save, &QAction::triggered, this, &DesignPage::save);
}

void DesignPage::createLayout() {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 10);
    layout->setSpacing(10);
    layout->addWidget(createTopBar());
    auto* splitter = new QSplitter(this);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(10);
    splitter->addWidget(createVariants());
    splitter->addWidget(createCentre());
    splitter->addWidget(createSide());
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({172, 768, 330});
    layout->addWidget(splitter, 1);
    layout->addWidget(createFooter());
}

QWidget* DesignPage::createTopBar() {
    auto* bar = new QWidget(this);
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins({});
    layout->setSpacing(10);
    m->header = new StudyHeader(m->document, bar);
    m->fileName = new TintedLabel({}, bar);
    m->fileName->setMinimumHeight(QLineEdit().sizeHint().height());
    layout->addWidget(m->header, 1);
    layout->addWidget(m->fileName, 0, Qt::AlignTop);
    for (QAction* action : {m->undo, m->redo, m->save}) {
        auto* button = new QToolButton(bar);
        button->setDefaultAction(action);
        button->setAutoRaise(true);
        layout->addWidget(button, 0, Qt::AlignTop);
    }
    return bar;
}

QWidget* DesignPage::createVariants() {
    auto* card = new Card(tr("Variants"), this);
    m->variants = new VariantList(m->document, card);
    card->body()->addWidget(m->variants);
    card->setMinimumWidth(170);
    return card;
}

QWidget* DesignPage::createCentre() {
    m->tabs = new QTabWidget(this);
    m->tabs->setDocumentMode(true);
    m->tabs->setAccessibleName(tr("Ways to edit the study"));
    m->form = new SpecForm(describe_run_spec(), {"/seed"}); // the study's seeds take its place
    m->json = new JsonView(m->document);
    for (QWidget* page : {static_cast<QWidget*>(m->form), static_cast<QWidget*>(m->json)})
        page->layout()->setContentsMargins(0, 10, 0, 0);
    m->tabs->addTab(m->form, tr("&Form"));
    m->tabs->addTab(m->json, tr("&JSON"));
    m->tabs->setMinimumWidth(380);
    return m->tabs;
}

QWidget* DesignPage::createSide() {
    auto* side = new QWidget(this);
    auto* layout = new QVBoxLayout(side);
    layout->setContentsMargins({});
    layout->setSpacing(10);
    auto* loss = new Card(tr("Loss"), side);
    m->fidelity = new FidelityChoice(loss);
    loss->addToTitle(m->fidelity);
    m->formula = new LossFormula(loss);
    loss->body()->addWidget(m->formula);
    auto* models = m->models = new Card(tr("Models"), side);
    m->drawing = new ArchitectureView(models);
    m->diagram = new ArchitectureDiagram(models);
    m->table = new ModelTable(models);
    models->body()->addWidget(m->drawing, 1);
    models->body()->addWidget(m->diagram, 1);
    models->body()->addWidget(m->table);
    auto* problems = new Card(tr("Problems"), side);
    m->problems = new ProblemList(problems);
    problems->body()->addWidget(m->problems);
    layout->addWidget(loss);
    layout->addWidget(models, 3);
    layout->addWidget(problems, 1);
    side->setMinimumWidth(300);
    return side;
}

QWidget* DesignPage::createFooter() {
    auto* footer = new QWidget(this);
    auto* layout = new QHBoxLayout(footer);
    layout->setContentsMargins({});
    layout->setSpacing(14);
    m->runs = new QLabel(footer);
    m->runs->setObjectName(QStringLiteral("runCount"));
    m->estimate = new TintedLabel({}, footer);
    m->estimate->setObjectName(QStringLiteral("estimate"));
    m->reason = new InlineMessage(InlineMessage::Kind::problem, footer);
    m->reason->setWordWrap(false);
    m->reason->setObjectName(QStringLiteral("reason"));
    m->runButton = new PrimaryButton("run", tr("Run study"), footer);
    m->runButton->setObjectName(QStringLiteral("runButton"));
    m->runButton->setMinimumSize(140, 34);
    layout->addWidget(m->runs);
    layout->addWidget(m->estimate, 1);
    layout->addWidget(m->reason, 0, Qt::AlignVCenter);
    layout->addWidget(m->runButton);
    connect(m->runButton, &QPushButton::clicked, m->run, &QAction::trigger);
    return footer;
}

void DesignPage::connectForm() {
    connect(m->form, &SpecForm::edited, this, [this](const std::string& pointer, const Json& value) {
        m->document.setValue(m->variants->current(), pointer, value);
    });
    connect(m->form, &SpecForm::resetRequested, this,
            [this](const std::string& pointer) { m->document.resetValue(m->variants->current(), pointer); });
    connect(m->form, &SpecForm::removeRequested, this,
            [this](const std::string& pointer) { m->document.removeValue(m->variants->current(), pointer); });
    connect(m->fidelity, &FidelityChoice::chosen, this, [this](const QString& fidelity) {
        m->document.applyFidelity(m->variants->current(), fidelity.toStdString());
    });
    connect(m->variants, &VariantList::selected, this, &DesignPage::showRun);
    connect(m->problems, &ProblemList::activated, this, &DesignPage::goTo);
    connect(m->json, &JsonView::faultChanged, this, &DesignPage::showReadiness);
    connect(m->json, &JsonView::faultChanged, this, &DesignPage::studyEdited);
    connect(m->json, &JsonView::unappliedEdited, this, &DesignPage::studyEdited);
    connect(&m->document, &StudyDocument::changed, this, &DesignPage::showStudy);
    connect(m->document.undoStack(), &QUndoStack::cleanChanged, this,
            [this](bool clean) { Q_EMIT modifiedChanged(!clean); });
    connect(qApp, &QApplication::focusChanged, this, [this] { m->document.closeEdit(); });
}

void DesignPage::showStudy() {
    showRun();
    m->problems->setProblems(m->document.problems());
    showReadiness();
    Q_EMIT studyEdited();
}

void DesignPage::showRun() {
    const VariantName variant = m->variants->current();
    const Json run = m->document.run(variant);
    m->form->showValues(run, m->document.reference(variant), variant ? tr("base") : tr("default"));
    m->form->showProblems(m->document.runProblems(variant));
    const RunSpecReading reading = read_run_spec(run);
    if (!reading.problems.empty()) return; // the last ones stay until the run is whole again
    m->formula->setRun(reading.spec);
    m->fidelity->setRun(reading.spec);
    m->models->setVisible(reading.spec.task != Task::router);
    m->drawing->setVisible(!reading.spec.modular);
    m->diagram->setVisible(reading.spec.modular.has_value());
    m->drawing->setRun(reading.spec);
    if (reading.spec.modular) m->diagram->setRun(reading.spec);
    m->table->setRun(reading.spec);
}

void DesignPage::showReadiness() {
    const auto variants = std::max<std::size_t>(1, m->document.variants().size());
    const std::size_t seeds = m->document.study().seeds.size();
    const QString runs = counted(tr("1 run"), tr("%1 runs"), variants * seeds);
    m->runs->setText(tr("<b>%1</b>: %2 × %3", "runs: variants × seeds")
                         .arg(runs, counted(tr("1 variant"), tr("%1 variants"), variants),
                              counted(tr("1 seed"), tr("%1 seeds"), seeds)));
    const auto problems = static_cast<qsizetype>(m->document.problems().size());
    const bool isApplied = m->json->fault().isEmpty();
    QString reason;
    if (problems > 0) reason = tr("%1 to solve before it can run").arg(problemCount(problems));
    if (!isApplied) reason = tr("The JSON text is not applied; correct or discard it");
    m->reason->setText(reason);
    m->run->setEnabled(reason.isEmpty());
    m->run->setToolTip(reason.isEmpty() ? tr("Run study (Ctrl+R)") : reason);
    m->runButton->setEnabled(m->run->isEnabled());
    m->runButton->setToolTip(m->run->toolTip());
    m->runButton->setAccessibleDescription(reason);
    const bool canSave = isApplied && m->document.isFaithful();
    m->save->setEnabled(canSave);
    m->save->setToolTip(canSave ? tr("Save study (Ctrl+S)")
                                : tr("Solve the study's own problems to save it"));
    m->tabs->setTabIcon(1, isApplied ? QIcon() : symbolIcon("warning"));
}

void DesignPage::goTo(const StudyProblem& problem) {
    if (problem.where == StudyProblem::Where::study) {
        if (!m->header->focusField(problem.pointer)) m->tabs->setCurrentWidget(m->json);
        return;
    }
    const bool isBase = problem.where == StudyProblem::Where::base;
    m->tabs->setCurrentWidget(m->form);
    m->variants->select(isBase ? VariantName() : VariantName(problem.variant));
    m->form->focusField(problem.pointer);
}

void DesignPage::run() {
    Q_EMIT runRequested(study());
}

void DesignPage::save() {
    Q_EMIT saveRequested(study());
}

void DesignPage::setStudy(const StudySpec& study, const QString& fileName) {
    m->variants->select({});
    m->json->discard();
    m->document.load(study);
    showFile(fileName);
}

StudySpec DesignPage::study() const {
    return m->document.study();
}

bool DesignPage::isModified() const {
    return !m->document.undoStack()->isClean() || !m->json->fault().isEmpty();
}

QString DesignPage::unappliedText() const {
    return m->json->unapplied();
}

void DesignPage::setUnappliedText(const QString& text) {
    m->json->setText(text);
    m->tabs->setCurrentWidget(m->json);
}

void DesignPage::markSaved(const QString& fileName) {
    m->document.undoStack()->setClean();
    showFile(fileName);
}

/// The folder would take the room of the question; it stands in the tool tip.
void DesignPage::showFile(const QString& fileName) {
    m->fileName->setText(QFileInfo(fileName).fileName());
    m->fileName->setToolTip(fileName);
}

void DesignPage::setCorpus(const std::string& corpus, const std::vector<std::string>& domains) {
    m->variants->select({});
    m->document.setCorpus(corpus, domains);
    m->tabs->setCurrentWidget(m->form);
    m->form->focusField("/data/corpus");
}

void DesignPage::setEstimate(const QString& text) {
    m->estimate->setText(text);
}

QUndoStack* DesignPage::undoStack() {
    return m->document.undoStack();
}

} // namespace retort
