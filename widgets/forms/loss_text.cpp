// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/loss_text.h"

#include "analysis/modular_size.h"
#include "spec/grid.h"
#include "spec/stages.h"
#include "widgets/forms/router_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace retort {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(retort::LossText)
};

QString number(double value) {
    return QLocale::c().toString(value, 'g', 4);
}

bool hasTemperature(const DistillSpec& distill) {
    return has_temperature(distill.divergence) && distill.temperature != 1;
}

/// p and q, with the temperature as an index where it is not 1.
QString distribution(const char* letter, const DistillSpec& distill) {
    const QString name = QStringLiteral("<i>%1</i>").arg(QLatin1String(letter));
    return hasTemperature(distill) ? name + QStringLiteral("<sub><i>T</i></sub>") : name;
}

QString kl(const QString& a, const QString& b) {
    return QStringLiteral("KL(%1&nbsp;‖&nbsp;%2)").arg(a, b);
}

/// share · a + (1 − share) · b
QString mixture(double share, const QString& a, const QString& b) {
    return QStringLiteral("%1&nbsp;%2&nbsp;+&nbsp;%3&nbsp;%4").arg(number(share), a, number(1 - share), b);
}

QString divergence(const DistillSpec& distill) {
    const QString p = distribution("p", distill), q = distribution("q", distill),
                  m = QStringLiteral("<i>m</i>");
    switch (distill.divergence) {
    case Divergence::forward_kl:
        return kl(p, q);
    case Divergence::reverse_kl:
        return kl(q, p);
    case Divergence::jsd:
        return QStringLiteral("(%1&nbsp;%2 + %3&nbsp;%4)")
            .arg(number(distill.beta), kl(p, m), number(1 - distill.beta), kl(q, m));
    case Divergence::skew_kl:
        return kl(p, mixture(distill.skew, p, q));
    case Divergence::skew_reverse_kl:
        return kl(q, mixture(1 - distill.skew, p, q));
    case Divergence::tvd:
        return QStringLiteral("½&nbsp;Σ|%1&nbsp;−&nbsp;%2|").arg(p, q);
    case Divergence::teacher_ce:
    case Divergence::paper_inverse_kl:
        return QStringLiteral("H(%1,&nbsp;%2)").arg(p, q);
    case Divergence::paper_normal_kl:
        return QStringLiteral("<i>T</i>²&nbsp;·&nbsp;Σ<sub><i>i</i></sub>&nbsp;%1").arg(kl(p, q));
    case Divergence::paper_label_difference:
        return QStringLiteral("Σ<sub><i>i</i></sub>&nbsp;(Σ|%1&nbsp;−&nbsp;<b>1</b><sub><i>x</i></"
                              "sub>|&nbsp;·&nbsp;Σ|%2&nbsp;−&nbsp;%1|)")
            .arg(p, q);
    }
    return {};
}

QString crossEntropy() {
    return QStringLiteral("CE(<i>y</i>,&nbsp;<i>q</i>)");
}

QString term(double weight, const QString& what) {
    return weight == 1 ? what : QStringLiteral("%1&nbsp;·&nbsp;%2").arg(number(weight), what);
}

bool isScaled(const DistillSpec& distill) {
    return distill.scale_t2 && can_scale_t2(distill.divergence);
}

QString taught(const DistillSpec& distill) {
    const QString square = isScaled(distill) ? QStringLiteral("<i>T</i>²&nbsp;·&nbsp;") : QString();
    return square + divergence(distill);
}

QString symbols(const DistillSpec& distill) {
    if (distill.combine == Combine::alternating)
        return Words::tr("<i>L</i> = %1, then %2, in turns").arg(crossEntropy(), taught(distill));
    return QStringLiteral("<i>L</i> = <i>α</i>&nbsp;·&nbsp;%1 + (1&nbsp;−&nbsp;<i>α</i>)&nbsp;·&nbsp;%2")
        .arg(crossEntropy(), taught(distill));
}

QString fixedNumbers(const DistillSpec& distill) {
    const double alpha = distill.alpha.value;
    const double beta = (1 - alpha) * (isScaled(distill) ? distill.temperature * distill.temperature : 1.0);
    QStringList terms;
    if (alpha > 0) terms << term(alpha, crossEntropy());
    if (beta > 0) terms << term(beta, divergence(distill));
    return QStringLiteral("<i>L</i> = ") + terms.join(QStringLiteral(" + "));
}

QString adaptiveRule(const RunSpec& spec) {
    const bool paper = spec.distill->alpha.rule == AlphaRule::paper;
    return QStringLiteral(
               "<i>α</i> = "
               "<i>w</i><sub>CE</sub>&nbsp;/&nbsp;(<i>w</i><sub>CE</sub>&nbsp;+&nbsp;<i>w</i><sub>KD</sub>), "
               "<i>w</i> = "
               "1&nbsp;%1&nbsp;clamp((<i>h</i><sub>−1</sub>&nbsp;−&nbsp;<i>h</i><sub>−<i>k</i></sub>)&nbsp;/"
               "&nbsp;mean&nbsp;<i>h</i>, "
               "%2,&nbsp;1), <i>k</i> = %3 ")
               .arg(paper ? QStringLiteral("−") : QStringLiteral("+"),
                    paper ? QStringLiteral("0") : QStringLiteral("−1"))
               .arg(alpha_history(spec)) +
           (paper ? Words::tr("micro-batches") : Words::tr("steps"));
}

QString scheduleRule(const AlphaSpec& alpha) {
    const QString from = number(alpha.value), to = number(alpha.end), share = number(100 * alpha.share);
    if (alpha.decay == AlphaDecay::wsd)
        return Words::tr("<i>α</i> rises or falls from %1 to %2 over the first %3 % of the steps, and "
                         "returns over the last.")
            .arg(to, from, share);
    return Words::tr("<i>α</i> = %1, and over the last %3 % of the steps %4 to %2.")
        .arg(from, to, share,
             alpha.decay == AlphaDecay::cosine ? Words::tr("along a cosine") : Words::tr("in a line"));
}

QString numbers(const RunSpec& spec) {
    const DistillSpec& distill = *spec.distill;
    if (distill.combine == Combine::alternating)
        return distill.alternate_per == AlternatePer::step
                   ? Words::tr("Optimiser steps take turns; the teacher rests on those of the text.")
                   : Words::tr("Micro-batches take turns, as in the paper.");
    switch (distill.alpha.mode) {
    case AlphaMode::fixed:
        return fixedNumbers(distill);
    case AlphaMode::adaptive:
        return adaptiveRule(spec);
    case AlphaMode::dwa:
        return Words::tr("<i>α</i> = softmax(<i>r</i>&nbsp;/&nbsp;%1)<sub>CE</sub>, <i>r</i> = mean of the "
                         "newest %2 steps over the "
                         "mean of the %2 before")
            .arg(number(distill.alpha.temperature))
            .arg(alpha_history(spec));
    case AlphaMode::uncertainty:
        return Words::tr("<i>α</i> = <i>e</i><sup>−<i>s</i></sup> of the cross-entropy over the sum of both; "
                         "each <i>s</i> descends "
                         "<i>e</i><sup>−<i>s</i></sup>&nbsp;<i>L</i>&nbsp;+&nbsp;<i>s</i>");
    case AlphaMode::schedule:
        return scheduleRule(distill.alpha);
    }
    return {};
}

QString scaleOf(const DistillSpec& distill) {
    if (distill.divergence == Divergence::paper_normal_kl)
        return Words::tr("The paper's sum over the positions <i>i</i> of a sequence, mean over sequences.");
    if (distill.divergence == Divergence::paper_label_difference)
        return Words::tr("The paper's sum over all positions <i>i</i>, <i>x</i> the input token.");
    return distill.mask == DivergenceMask::inputs
               ? Words::tr("Mean over positions whose input ends no document.")
               : Words::tr("Mean per token.");
}

QString legend(const DistillSpec& distill) {
    QStringList parts = {Words::tr("<i>y</i> next token, <i>p</i> teacher, <i>q</i> student."),
                         scaleOf(distill)};
    if (distill.divergence == Divergence::jsd)
        parts << QStringLiteral("<i>m</i> = %1.")
                     .arg(mixture(distill.beta, distribution("p", distill), distribution("q", distill)));
    if (distill.divergence == Divergence::skew_reverse_kl)
        parts << Words::tr("No gradient flows through the mixture.");
    if (distill.divergence == Divergence::teacher_ce || distill.divergence == Divergence::paper_inverse_kl)
        parts << Words::tr("H(<i>p</i>,&nbsp;<i>q</i>) = −Σ <i>p</i> log <i>q</i>, the forward direction.");
    if (hasTemperature(distill))
        parts << Words::tr("<i>p<sub>T</sub></i> and <i>q<sub>T</sub></i>: logits divided by <i>T</i> = %1.")
                     .arg(number(distill.temperature));
    return parts.join(u' ');
}

/// " + 0.5 · KL(q₀ ‖ q)", of the student before the stage.
QString pupilTerm(const LwfSpec& lwf) {
    DistillSpec before;
    before.divergence = lwf.divergence;
    before.temperature = lwf.temperature;
    return QStringLiteral(" + ") +
           term(lwf.weight, divergence(before).replace(QStringLiteral("<i>p</i>"),
                                                       QStringLiteral("<i>q</i><sub>0</sub>")));
}

/// What remedies add to the loss from the second stage on.
LossText withRemedies(LossText text, const RunSpec& spec) {
    if (stages_of(spec).empty()) return text;
    const auto add = [&](const QString& term, const QString& words) {
        text.symbols += term;
        if (!text.numbers.isEmpty() && text.numbers.startsWith(QStringLiteral("<i>L</i>")))
            text.numbers += term;
        text.legend += QLatin1Char(' ') + words;
    };
    if (spec.remedies.lwf.weight > 0)
        add(pupilTerm(spec.remedies.lwf),
            Words::tr("From the second stage on, <i>q</i><sub>0</sub> is the student before the stage."));
    if (spec.remedies.ewc.strength > 0)
        add(QStringLiteral(
                " + %1&nbsp;·&nbsp;Σ&nbsp;<i>F</i>&nbsp;(<i>θ</i>&nbsp;−&nbsp;<i>θ</i><sub>0</sub>)²")
                .arg(number(spec.remedies.ewc.strength / 2)),
            Words::tr("<i>θ</i><sub>0</sub>: weights before the stage; <i>F</i>: how much they mattered."));
    return text;
}

/// Of a modular run in which nothing learns.
LossText restingText(const RunSpec& spec) {
    if (!has_expert_runs(spec))
        return {Words::tr("Nothing learns."),
                {},
                Words::tr("The experts of the base are evaluated as they are.")};
    LossText text = lossText(expert_run(spec, experts_of(spec).front()));
    text.legend += QLatin1Char(' ') + Words::tr("Each expert is trained by a run of its own, on its domain.");
    return text;
}

LossText lossWithoutRemedies(const RunSpec& spec) {
    if (spec.task == Task::router) return routerText(*spec.router);
    if (spec.modular && learning_experts(spec).empty()) return restingText(spec);
    const QString text = QStringLiteral("<i>L</i> = ") + crossEntropy();
    if (!spec.distill) return {text, {}, Words::tr("<i>y</i> next token, <i>q</i> model; mean per token.")};
    if (!uses_teacher(spec))
        return {symbols(*spec.distill), text, Words::tr("With <i>α</i> = 1 no teacher is asked.")};
    return {symbols(*spec.distill), numbers(spec), legend(*spec.distill)};
}

} // namespace

LossText lossText(const RunSpec& spec) {
    return withRemedies(lossWithoutRemedies(spec), spec);
}

} // namespace retort
