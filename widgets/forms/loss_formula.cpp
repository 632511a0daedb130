// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/loss_formula.h"

#include "widgets/forms/tinted_label.h"

#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

namespace retort {
namespace {

QString italic(const QString& letter) {
    return QStringLiteral("<i>%1</i>").arg(letter);
}

QString number(double value) {
    return QLocale::c().toString(value, 'g', 4);
}

/// p and q, with the temperature as an index where it is not 1.
QString distribution(const QString& letter, double temperature) {
    return temperature == 1 ? italic(letter) : italic(letter) + QStringLiteral("<sub><i>T</i></sub>");
}

QString divergence(const DistillSpec& distill) {
    const QString p = distribution(QStringLiteral("p"), distill.temperature);
    const QString q = distribution(QStringLiteral("q"), distill.temperature);
    switch (distill.divergence) {
    case Divergence::forward_kl:
        return QStringLiteral("KL(%1&nbsp;‖&nbsp;%2)").arg(p, q);
    }
    return {};
}

QString crossEntropy() {
    return QStringLiteral("CE(<i>y</i>,&nbsp;<i>q</i>)");
}

QString term(double weight, const QString& what) {
    return weight == 1 ? what : QStringLiteral("%1&nbsp;·&nbsp;%2").arg(number(weight), what);
}

QString symbols(const DistillSpec& distill) {
    const QString square = distill.scale_t2 ? QStringLiteral("<i>T</i>²&nbsp;·&nbsp;") : QString();
    return QStringLiteral("<i>L</i> = <i>α</i>&nbsp;·&nbsp;%1 + (1&nbsp;−&nbsp;<i>α</i>)&nbsp;·&nbsp;%2%3")
        .arg(crossEntropy(), square, divergence(distill));
}

QString numbers(const DistillSpec& distill) {
    const double alpha = distill.alpha.value;
    const double square = distill.scale_t2 ? distill.temperature * distill.temperature : 1.0;
    const double beta = (1 - alpha) * square;
    QStringList terms;
    if (alpha > 0) terms << term(alpha, crossEntropy());
    if (beta > 0) terms << term(beta, divergence(distill));
    return QStringLiteral("<i>L</i> = ") + terms.join(QStringLiteral(" + "));
}

QString legend(const DistillSpec& distill) {
    QString text =
        LossFormula::tr("<i>y</i> next token, <i>p</i> teacher, <i>q</i> student; mean per token.");
    if (distill.temperature != 1)
        text += QStringLiteral(" ") + LossFormula::tr("<i>p<sub>T</sub></i> and <i>q<sub>T</sub></i>: logits "
                                                      "divided by <i>T</i> = %1.")
                                          .arg(number(distill.temperature));
    if (distill.alpha.value == 1)
        text += QStringLiteral(" ") + LossFormula::tr("With <i>α</i> = 1 no teacher is asked.");
    return text;
}

} // namespace

LossText lossText(const RunSpec& spec) {
    if (spec.task == Task::distill)
        return {symbols(*spec.distill), numbers(*spec.distill), legend(*spec.distill)};
    const QString loss = QStringLiteral("<i>L</i> = ") + crossEntropy();
    return {loss, {}, LossFormula::tr("<i>y</i> next token, <i>q</i> model; mean per token.")};
}

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
