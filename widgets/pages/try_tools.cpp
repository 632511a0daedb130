// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/try_tools.h"

#include "widgets/forms/primary_button.h"

#include <QDoubleSpinBox>
#include <QLabel>
#include <QSpinBox>
#include <QToolButton>

namespace retort {

TryTools::TryTools(QWidget* parent) : ToolRow(parent) {
    addButtons();
    addNumbers();
    setWriting(false);
}

void TryTools::addButtons() {
    m_write = new PrimaryButton("run", tr("&Generate"));
    m_write->setObjectName(QStringLiteral("generate"));
    m_write->setToolTip(tr("Let the runs go on with the text (Ctrl+Return)"));
    addCell({m_write});
    m_stop = addButton("stopWriting", tr("Sto&p"), tr("End the texts where they are"));
    m_add = addButton("addColumn", tr("&Add a run"), tr("Let one more run write beside the others"));
    connect(m_write, &QPushButton::clicked, this, &TryTools::writeRequested);
    connect(m_stop, &QToolButton::clicked, this, &TryTools::stopRequested);
    connect(m_add, &QToolButton::clicked, this, &TryTools::addRequested);
}

void TryTools::addNumbers() {
    const GenerationRequest usual;
    m_tokens = addNumber("tokens", tr("To&kens:"), tr("Most tokens that each run writes"), 4000);
    m_tokens->setMinimum(1);
    m_tokens->setValue(static_cast<int>(usual.tokens));
    m_temperature = addShare("temperature", tr("Te&mperature:"),
                             tr("0 always takes the most probable token; higher is bolder"), 5);
    m_temperature->setValue(usual.temperature);
    m_topK = addNumber("topK", tr("Top-k:"), tr("Draw from so many of the most probable tokens"), 100'000);
    m_topK->setSpecialValueText(tr("all"));
    m_topP = addShare("topP", tr("Top-p:"),
                      tr("Draw from the fewest tokens that together have this probability"), 1);
    m_topP->setMinimum(0.01);
    m_topP->setValue(usual.top_p);
    m_seed = addNumber("seed", tr("Se&ed:"), tr("The same seed writes the same text"), 999'999);
    m_seed->setValue(static_cast<int>(usual.seed));
}

QSpinBox* TryTools::addNumber(const char* name, const QString& label, const QString& help, int most) {
    auto* words = new QLabel(label);
    auto* box = new QSpinBox;
    box->setObjectName(QLatin1String(name));
    box->setAccessibleName(spokenName(label));
    box->setToolTip(help);
    box->setRange(0, most);
    words->setBuddy(box);
    addCell({words, box});
    return box;
}

QDoubleSpinBox* TryTools::addShare(const char* name, const QString& label, const QString& help, double most) {
    auto* words = new QLabel(label);
    auto* box = new QDoubleSpinBox;
    box->setObjectName(QLatin1String(name));
    box->setAccessibleName(spokenName(label));
    box->setToolTip(help);
    box->setRange(0, most);
    box->setSingleStep(0.05);
    words->setBuddy(box);
    addCell({words, box});
    return box;
}

GenerationRequest TryTools::request() const {
    GenerationRequest request;
    request.tokens = m_tokens->value();
    request.temperature = m_temperature->value();
    request.top_k = m_topK->value();
    request.top_p = m_topP->value();
    request.seed = static_cast<std::uint64_t>(m_seed->value());
    return request;
}

void TryTools::setWriting(bool isWriting) {
    m_stop->setEnabled(isWriting);
}

void TryTools::setCanAdd(bool can) {
    m_add->setEnabled(can);
}

} // namespace retort
