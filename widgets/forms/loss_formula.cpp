// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/loss_formula.h"

#include "widgets/forms/loss_text.h"
#include "widgets/forms/tinted_label.h"

#include <QLabel>
#include <QVBoxLayout>

namespace retort {

LossFormula::LossFormula(QWidget* parent)
    : QWidget(parent),
      m_symbols(new QLabel(this)),
      m_numbers(new QLabel(this)),
      m_legend(new TintedLabel({}, this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(4);
    QFont serif(QStringLiteral("serif"), font().pointSize() + 1);
    serif.setStyleHint(QFont::Serif);
    for (QLabel* line : {m_symbols, m_numbers}) {
        line->setFont(serif);
        line->setWordWrap(true);
        line->setTextInteractionFlags(Qt::TextSelectableByMouse);
        layout->addWidget(line);
    }
    m_symbols->setObjectName(QStringLiteral("lossSymbols"));
    m_numbers->setObjectName(QStringLiteral("lossNumbers"));
    m_legend->setWordWrap(true);
    m_legend->setScale(0.92);
    layout->addWidget(m_legend);
}

void LossFormula::setRun(const RunSpec& spec) {
    const LossText text = lossText(spec);
    m_symbols->setText(text.symbols);
    m_numbers->setText(text.numbers);
    m_numbers->setVisible(!text.numbers.isEmpty());
    m_legend->setText(text.legend);
}

} // namespace retort
