// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/figure_dialog.h"

#include "report/venue.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardPaths>
#include <algorithm>

namespace retort {
namespace {

/// Of the last figure of this window, so that all of a paper's go the same way.
struct LastChoice {
    QString venue = QStringLiteral("neurips"); ///< empty: a width of one's own
    double millimetres = 0;
    QString ending = QStringLiteral("pdf");
    QString folder;
};

LastChoice& lastChoice() {
    static LastChoice choice;
    return choice;
}

QString folderOffered() {
    if (!lastChoice().folder.isEmpty()) return lastChoice().folder;
    return QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
}

double millimetresOf(double points) {
    return points / points_of_mm(1);
}

} // namespace

FigureDialog::FigureDialog(const QString& name, SaveFigure save, QWidget* parent)
    : QDialog(parent), m_save(std::move(save)) {
    setObjectName(QStringLiteral("figureDialog"));
    setWindowTitle(tr("Export Figure"));
    createFields(name);
    connectFields();
    chooseVenue();
    describe();
}

void FigureDialog::createFields(const QString& name) {
    m_venue = new QComboBox;
    m_venue->setObjectName(QStringLiteral("venue"));
    for (const Venue& venue : venues)
        m_venue->addItem(QString::fromUtf8(venue.name.data(), static_cast<qsizetype>(venue.name.size())),
                         QString::fromUtf8(venue.key.data(), static_cast<qsizetype>(venue.key.size())));
    m_venue->addItem(tr("Another width"), QString());
    m_venue->setCurrentIndex(m_venue->findData(lastChoice().venue));
    m_width = new QDoubleSpinBox;
    m_width->setObjectName(QStringLiteral("width"));
    m_width->setRange(25, 1000);
    m_width->setDecimals(1);
    m_width->setSuffix(tr(" mm"));
    if (lastChoice().millimetres > 0) m_width->setValue(lastChoice().millimetres);
    m_ending = new QComboBox;
    m_ending->setObjectName(QStringLiteral("ending"));
    m_ending->addItem(tr("PDF"), QStringLiteral("pdf"));
    m_ending->addItem(tr("SVG"), QStringLiteral("svg"));
    m_ending->addItem(tr("PNG, 300 dpi"), QStringLiteral("png"));
    m_ending->addItem(tr("Data alone (CSV)"), QStringLiteral("csv"));
    m_ending->setCurrentIndex(m_ending->findData(lastChoice().ending));
    m_file = new QLineEdit(QDir(folderOffered()).filePath(name + u'.' + lastChoice().ending));
    m_file->setObjectName(QStringLiteral("file"));
    m_file->setMinimumWidth(360);
    m_browse = new QPushButton(tr("&Browse…"));
    m_note = new QLabel;
    m_note->setObjectName(QStringLiteral("note"));
    m_note->setWordWrap(true);
    auto* place = new QHBoxLayout;
    place->addWidget(m_file, 1);
    place->addWidget(m_browse);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel);
    connect(buttons, &QDialogButtonBox::accepted, this, &FigureDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* form = new QFormLayout(this);
    form->addRow(tr("Printed &in:"), m_venue);
    form->addRow(tr("&Width:"), m_width);
    form->addRow(tr("F&orm:"), m_ending);
    auto* file = new QLabel(tr("&File:"));
    file->setBuddy(m_file);
    form->addRow(file, place);
    form->addRow(m_note);
    form->addRow(buttons);
}

void FigureDialog::connectFields() {
    connect(m_venue, &QComboBox::currentIndexChanged, this, &FigureDialog::chooseVenue);
    connect(m_ending, &QComboBox::currentIndexChanged, this, &FigureDialog::chooseEnding);
    connect(m_file, &QLineEdit::textChanged, this, &FigureDialog::describe);
    connect(m_browse, &QPushButton::clicked, this, &FigureDialog::browse);
}

void FigureDialog::chooseVenue() {
    const auto venue = venue_of(m_venue->currentData().toString().toStdString());
    m_width->setEnabled(!venue);
    if (venue) m_width->setValue(millimetresOf(venue->width));
}

void FigureDialog::chooseEnding() {
    const QFileInfo file(m_file->text());
    m_file->setText(
        QDir(file.path()).filePath(file.completeBaseName() + u'.' + m_ending->currentData().toString()));
}

void FigureDialog::browse() {
    auto* dialog = new QFileDialog(this, windowTitle(), QFileInfo(m_file->text()).path());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(m_ending->currentData().toString());
    dialog->selectFile(QFileInfo(m_file->text()).fileName());
    connect(dialog, &QFileDialog::fileSelected, m_file, &QLineEdit::setText);
    dialog->open();
}

void FigureDialog::describe() {
    const QFileInfo file(m_file->text());
    const bool isAlone = file.suffix() == QLatin1String("csv");
    m_note->setText(
        isAlone ? tr("Every point, exact.")
                : tr("Beside it: %1.csv with every point, %1.tex for pgfplots, and %1.json with the runs, "
                     "options and versions.")
                      .arg(file.completeBaseName()));
}

FigureTarget FigureDialog::target() const {
    const auto venue = venue_of(m_venue->currentData().toString().toStdString());
    return {m_file->text(), venue ? venue->width : points_of_mm(m_width->value())};
}

/// Stays open where nothing can be written, with the reason.
void FigureDialog::accept() {
    const QString problem = m_save(target());
    if (!problem.isEmpty()) {
        m_note->setText(problem);
        return;
    }
    lastChoice() = {m_venue->currentData().toString(), m_width->value(), m_ending->currentData().toString(),
                    QFileInfo(m_file->text()).path()};
    QDialog::accept();
}

} // namespace retort
