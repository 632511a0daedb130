// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/experts_dialog.h"

#include "spec/grid.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>

#include <limits>

namespace retort {
namespace {

using Kind = ExpertChange::Kind;

QStringList textsOf(const std::vector<std::string>& names) {
    QStringList texts;
    for (const std::string& name : names)
        texts << QString::fromStdString(name);
    return texts;
}

template <class Field>
Field* named(Field* field, const char* name, const QString& accessible) {
    field->setObjectName(QLatin1String(name));
    field->setAccessibleName(accessible);
    return field;
}

} // namespace

ExpertsDialog::ExpertsDialog(FinishedModel model, QWidget* parent)
    : QDialog(parent), m_model(std::move(model)) {
    setWindowTitle(tr("Experts of %1").arg(QString::fromStdString(m_model.plan.label())));
    createFields();
    createButtons();
    resize(620, sizeHint().height());
    refresh();
}

void ExpertsDialog::createFields() {
    auto* form = new QFormLayout(this);
    auto* there = named(new QLabel(textsOf(experts_of(m_model.plan.spec)).join(QStringLiteral(", "))),
                        "experts", tr("Experts that are there"));
    form->addRow(tr("There are"), there);
    m_kind = named(new QComboBox, "kind", tr("What to do"));
    m_kind->addItem(tr("Add an expert for a new domain"), int(Kind::add));
    m_kind->addItem(tr("Replace an expert"), int(Kind::replace));
    m_kind->addItem(tr("Take an expert away"), int(Kind::remove));
    form->addRow(tr("&Do"), m_kind);
    m_expert = named(new QComboBox, "expert", tr("Domain of the expert"));
    m_expert->setEditable(true);
    form->addRow(tr("D&omain"), m_expert);
    m_origin = named(new QComboBox, "origin", tr("Where the expert comes from"));
    m_origin->addItems({tr("Train it on the corpus"), tr("Take it from a file")});
    form->addRow(tr("&From"), m_origin);
    m_tokens = named(new QSpinBox, "tokens", tr("Tokens to train on"));
    m_tokens->setRange(0, std::numeric_limits<int>::max());
    m_tokens->setSingleStep(10'000);
    m_tokens->setGroupSeparatorShown(true);
    m_tokens->setSpecialValueText(tr("as many as the others had"));
    form->addRow(tr("&Tokens"), m_tokens);
    form->addRow(tr("Fi&le"), createFileRow());
    m_outlook = named(new QLabel, "outlook", tr("What will happen"));
    m_outlook->setWordWrap(true);
    m_outlook->setMinimumHeight(3 * fontMetrics().lineSpacing());
    form->addRow(m_outlook);
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] { refresh(); });
    connect(m_expert, &QComboBox::editTextChanged, this, [this] { refresh(); });
    connect(m_origin, &QComboBox::currentIndexChanged, this, [this] { refresh(); });
    connect(m_tokens, &QSpinBox::valueChanged, this, [this] { refresh(); });
    connect(m_file, &QLineEdit::textChanged, this, [this] { refresh(); });
}

QWidget* ExpertsDialog::createFileRow() {
    m_fileRow = new QWidget;
    auto* layout = new QHBoxLayout(m_fileRow);
    layout->setContentsMargins({});
    m_file = named(new QLineEdit, "file", tr("Expert file"));
    m_file->setPlaceholderText(tr("expert.<name>.safetensors of a modular model"));
    auto* choose = new QPushButton(tr("&Choose…"));
    connect(choose, &QPushButton::clicked, this, &ExpertsDialog::chooseFile);
    layout->addWidget(m_file, 1);
    layout->addWidget(choose);
    return m_fileRow;
}

void ExpertsDialog::createButtons() {
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_begin = buttons->addButton(tr("&Put into the Queue"), QDialogButtonBox::AcceptRole);
    m_begin->setObjectName(QStringLiteral("begin"));
    connect(buttons, &QDialogButtonBox::accepted, this, &ExpertsDialog::begin);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    qobject_cast<QFormLayout*>(layout())->addRow(buttons);
}

ExpertChange ExpertsDialog::change() const {
    ExpertChange change;
    change.kind = Kind(m_kind->currentData().toInt());
    change.expert = m_expert->currentText().trimmed().toStdString();
    const bool isFromFile = m_origin->currentIndex() == 1;
    if (change.kind != Kind::remove && isFromFile) change.file = m_file->text().trimmed().toStdString();
    if (change.kind != Kind::remove && !isFromFile && m_tokens->value() > 0)
        change.tokens = m_tokens->value();
    return change;
}

/// The fields that the choice needs, and what would happen in words.
void ExpertsDialog::refresh() {
    const ExpertChange wanted = change();
    const bool isMade = wanted.kind != Kind::remove, isFromFile = m_origin->currentIndex() == 1;
    const bool listsExperts = wanted.kind != Kind::add;
    if (listsExperts != (m_expert->count() > 0)) {
        const QSignalBlocker blocker(m_expert);
        m_expert->clear();
        if (listsExperts) m_expert->addItems(textsOf(experts_of(m_model.plan.spec)));
        m_expert->setEditable(!listsExperts);
        return refresh();
    }
    m_origin->setEnabled(isMade);
    m_tokens->setEnabled(isMade && !isFromFile);
    m_fileRow->setEnabled(isMade && isFromFile);
    m_begin->setEnabled(false);
    if (wanted.expert.empty())
        return m_outlook->setText(tr("Name the domain of the corpus that it is to read."));
    if (isMade && isFromFile && wanted.file.empty())
        return m_outlook->setText(tr("Choose the expert's file."));
    const PlanReading reading = changed_run(m_model, wanted);
    if (!reading.problems.empty())
        return m_outlook->setText(QString::fromStdString(to_text(reading.problems)));
    const RunPlan& plan = reading.plans.front();
    const QString tokens = QLocale().toString(qlonglong(total_steps(plan.spec) * tokens_per_step(plan.spec)));
    const QString work =
        plan.spec.modular->train.empty() ? tr("evaluates the changed model")
        : total_steps(plan.spec) == 0
            ? tr("trains the expert in a run of its own and joins it")
            : tr("trains the expert on %1 tokens of %2").arg(tokens, m_expert->currentText());
    m_outlook->setText(
        tr("The run %1 %2. The other experts and all shared weights stay to the byte; the router "
           "is trained on all domains.")
            .arg(QString::fromStdString(plan.label()), work));
    m_begin->setEnabled(true);
}

void ExpertsDialog::chooseFile() {
    const QString file = QFileDialog::getOpenFileName(this, tr("Expert file"), {},
                                                      tr("Experts (expert.*.safetensors);;All files (*)"));
    if (!file.isEmpty()) m_file->setText(file);
}

void ExpertsDialog::begin() {
    const PlanReading reading = changed_run(m_model, change());
    if (reading.plans.empty()) return;
    Q_EMIT runRequested(reading.plans.front());
    accept();
}

} // namespace retort
