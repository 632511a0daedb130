// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/fidelity_choice.h"

#include "spec/fidelity.h"

namespace retort {

FidelityChoice::FidelityChoice(QWidget* parent) : QComboBox(parent) {
    setObjectName(QStringLiteral("fidelity"));
    setAccessibleName(tr("Fidelity"));
    setToolTip(tr("As the code of arXiv 2407.19610 computes it, or corrected; sets each field that differs"));
    setPlaceholderText(tr("Mixed"));
    addItem(tr("As the paper"), QStringLiteral("paper"));
    addItem(tr("Corrected"), QStringLiteral("corrected"));
    connect(this, &QComboBox::activated, this, [this] { Q_EMIT chosen(currentData().toString()); });
}

void FidelityChoice::setRun(const RunSpec& spec) {
    const std::string fidelity = fidelity_of(spec);
    setVisible(!fidelity.empty());
    setCurrentIndex(findData(QString::fromStdString(fidelity))); // none for a mixed one
}

} // namespace retort
