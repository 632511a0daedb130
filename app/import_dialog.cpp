// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/import_dialog.h"

#include "store/run_exchange.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTreeWidget>

#include <limits>

namespace retort {
namespace {

enum Column { NameColumn, FormatColumn, PlaceColumn, OutcomeColumn, ColumnCount };

QString formatText(RunFiles::Format format) {
    return format == RunFiles::Format::csv ? ImportDialog::tr("CSV") : ImportDialog::tr("TensorBoard");
}

struct SourceOutcome {
    int fresh = 0, known = 0;
    QStringList notices;
};

SourceOutcome importSource(const Workspace& workspace, const RunFiles& source) {
    SourceOutcome outcome;
    const ImportReading reading = read_import(source);
    for (const std::string& notice : reading.notices)
        outcome.notices << QString::fromStdString(notice);
    for (const ImportedRun& run : reading.runs)
        ++(import_run(workspace, run, reading.notices).is_new ? outcome.fresh : outcome.known);
    return outcome;
}

QString outcomeText(const SourceOutcome& outcome) {
    if (outcome.fresh == 0) return ImportDialog::tr("there already");
    if (outcome.fresh == 1 && outcome.known == 0) return ImportDialog::tr("imported");
    return ImportDialog::tr("%1 runs imported").arg(outcome.fresh);
}

} // namespace

ImportDialog::ImportDialog(Workspace workspace, QWidget* parent)
    : QDialog(parent), m_workspace(std::move(workspace)) {
    setWindowTitle(tr("Import Runs"));
    setObjectName(QStringLiteral("importDialog"));
    createFields();
    createList();
    createButtons();
    connect(&m_jobs, &BackgroundJobs::failed, this, &ImportDialog::refuse);
    resize(760, 520);
    setBusy(false);
}

void ImportDialog::createFields() {
    auto* form = new QFormLayout(this);
    auto* words =
        new QLabel(tr("Event files of TensorBoard and CSV files, with the curves of runs that other "
                      "programs have measured. A folder is searched with all that lies in it."));
    words->setWordWrap(true);
    form->addRow(words);
    form->addRow(tr("F&rom"), createPathRow());
    m_study = new QLineEdit;
    m_variant = new QLineEdit;
    for (QLineEdit* field : {m_study, m_variant})
        field->setPlaceholderText(tr("by the path"));
    m_study->setObjectName(QStringLiteral("study"));
    form->addRow(tr("&Study"), m_study);
    form->addRow(tr("&Variant"), m_variant);
    form->addRow(tr("S&eed"), createSeedRow());
    for (QLineEdit* field : {m_path, m_study, m_variant})
        connect(field, &QLineEdit::editingFinished, this, &ImportDialog::search);
}

QWidget* ImportDialog::createPathRow() {
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    m_path = new QLineEdit;
    m_path->setObjectName(QStringLiteral("path"));
    m_path->setAccessibleName(tr("Folder or file to import from"));
    auto* folder = new QPushButton(tr("F&older…"));
    auto* file = new QPushButton(tr("F&ile…"));
    for (QPushButton* button : {folder, file})
        button->setAutoDefault(false); // Enter in a field searches
    connect(folder, &QPushButton::clicked, this, &ImportDialog::chooseFolder);
    connect(file, &QPushButton::clicked, this, &ImportDialog::chooseFile);
    layout->addWidget(m_path, 1);
    layout->addWidget(folder);
    layout->addWidget(file);
    return row;
}

QWidget* ImportDialog::createSeedRow() {
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    m_ownSeed = new QCheckBox(tr("&by the path"));
    m_ownSeed->setChecked(true);
    m_seed = new QSpinBox;
    m_seed->setAccessibleName(tr("Seed of the runs"));
    m_seed->setRange(0, std::numeric_limits<int>::max());
    m_seed->setValue(1);
    m_seed->setEnabled(false);
    connect(m_ownSeed, &QCheckBox::toggled, m_seed, &QWidget::setDisabled);
    connect(m_ownSeed, &QCheckBox::toggled, this, &ImportDialog::search);
    connect(m_seed, &QSpinBox::editingFinished, this, &ImportDialog::search);
    layout->addWidget(m_ownSeed);
    layout->addWidget(m_seed);
    layout->addStretch(1);
    return row;
}

void ImportDialog::createList() {
    m_list = new QTreeWidget;
    m_list->setObjectName(QStringLiteral("found"));
    m_list->setAccessibleName(tr("Runs that were found"));
    m_list->setColumnCount(ColumnCount);
    m_list->setHeaderLabels({tr("Run"), tr("Format"), tr("Place"), tr("State")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->header()->setSectionResizeMode(PlaceColumn, QHeaderView::Stretch);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_state = new QLabel(tr("Choose a folder or a file."));
    m_state->setObjectName(QStringLiteral("state"));
    m_state->setWordWrap(true);
    auto* form = qobject_cast<QFormLayout*>(layout());
    form->addRow(m_list);
    form->addRow(m_state);
}

void ImportDialog::createButtons() {
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    m_import = buttons->addButton(tr("&Import"), QDialogButtonBox::ActionRole);
    m_import->setObjectName(QStringLiteral("import"));
    m_import->setAutoDefault(false);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    connect(m_import, &QPushButton::clicked, this, &ImportDialog::importAll);
    connect(buttons, &QDialogButtonBox::rejected, this, &QWidget::close);
    qobject_cast<QFormLayout*>(layout())->addRow(buttons);
}

void ImportDialog::chooseFolder() {
    auto* dialog = new QFileDialog(this, tr("Folder with Runs"), m_path->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &ImportDialog::setPath);
    dialog->open();
}

void ImportDialog::chooseFile() {
    auto* dialog = new QFileDialog(this, tr("File with Curves"), m_path->text(),
                                   tr("Curves (*tfevents* *.csv);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &ImportDialog::setPath);
    dialog->open();
}

void ImportDialog::setPath(const QString& path) {
    m_path->setText(QDir::toNativeSeparators(path));
    search();
}

ImportNames ImportDialog::names() const {
    ImportNames names{m_study->text().trimmed().toStdString(), m_variant->text().trimmed().toStdString(), {}};
    if (!m_ownSeed->isChecked()) names.seed = static_cast<std::uint64_t>(m_seed->value());
    return names;
}

void ImportDialog::search() {
    if (m_isImporting || m_path->text().trimmed().isEmpty()) return;
    m_state->setText(tr("Searching…"));
    const auto find = [path = m_path->text().trimmed().toStdString(), chosen = names()] {
        return find_imports(path, chosen);
    };
    m_jobs.run(find, [this, number = ++m_searches](std::vector<RunFiles> sources) {
        if (number == m_searches) showFound(std::move(sources));
    });
}

void ImportDialog::showFound(std::vector<RunFiles> sources) {
    m_sources = std::move(sources);
    m_list->clear();
    for (const RunFiles& source : m_sources)
        new QTreeWidgetItem(m_list, {QString::fromStdString(source.name.label()), formatText(source.format),
                                     QString::fromStdString(source.place.string()), QString()});
    m_list->resizeColumnToContents(NameColumn);
    m_state->setText(m_sources.size() == 1 ? tr("1 run found.") : tr("%1 runs found.").arg(m_sources.size()));
    setBusy(false);
}

void ImportDialog::importAll() {
    m_next = 0;
    m_new = 0;
    setBusy(true);
    importNext();
}

/// One after the other, so that closing the dialog ends it between two runs.
void ImportDialog::importNext() {
    if (m_next == m_sources.size()) {
        setBusy(false);
        m_state->setText(m_new == 1 ? tr("1 run is new; it is on the page Runs.")
                                    : tr("%1 runs are new; they are on the page Runs.").arg(m_new));
        return;
    }
    m_state->setText(tr("Importing %1 of %2…").arg(m_next + 1).arg(m_sources.size()));
    const auto import = [workspace = m_workspace, source = m_sources[m_next]] {
        return importSource(workspace, source);
    };
    m_jobs.run(import, [this](const SourceOutcome& outcome) {
        m_new += outcome.fresh;
        tell(static_cast<int>(m_next), outcomeText(outcome));
        m_list->topLevelItem(static_cast<int>(m_next))
            ->setToolTip(OutcomeColumn, outcome.notices.join(QLatin1Char('\n')));
        ++m_next;
        importNext();
    });
}

void ImportDialog::tell(int row, const QString& outcome) {
    QTreeWidgetItem* item = m_list->topLevelItem(row);
    item->setText(OutcomeColumn, outcome);
    m_list->scrollToItem(item);
}

/// While runs are imported, what cannot be read leaves out itself alone.
void ImportDialog::refuse(const QString& sentence) {
    if (!m_isImporting) {
        showFound({});
        m_state->setText(sentence);
        return;
    }
    tell(static_cast<int>(m_next), tr("not imported"));
    m_list->topLevelItem(static_cast<int>(m_next))->setToolTip(OutcomeColumn, sentence);
    ++m_next;
    importNext();
}

void ImportDialog::setBusy(bool isBusy) {
    m_isImporting = isBusy;
    m_import->setEnabled(!isBusy && !m_sources.empty());
    for (QWidget* field : QList<QWidget*>{m_path, m_study, m_variant, m_ownSeed})
        field->setEnabled(!isBusy);
    m_seed->setEnabled(!isBusy && !m_ownSeed->isChecked());
}

} // namespace retort
