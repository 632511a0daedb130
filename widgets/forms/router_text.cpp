// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/router_text.h"

#include <QCoreApplication>
#include <QLocale>

namespace retort {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(retort::RouterText)
};

QString number(double value) {
    return QLocale().toString(value, 'g', 6);
}

/// The rule, or what is minimised.
QString ruleOf(const RouterSpec& spec) {
    switch (spec.classifier) {
    case Classifier::logistic:
        return QStringLiteral("<i>L</i> = %1 Σ CE(<i>y</i>, softmax(<i>Wx</i> + <i>b</i>)) + ½‖<i>W</i>‖²")
            .arg(number(spec.c));
    case Classifier::svm:
        return QStringLiteral(
                   "<i>L</i> = %1 Σ max(0, 1 − <i>y</i>(<i>w·x</i> + <i>b</i>))² + ½‖<i>w</i>, <i>b</i>‖²")
            .arg(number(spec.c));
    case Classifier::sgd:
        return QStringLiteral(
                   "<i>L</i> = mean <i>H</i>(<i>y</i>(<i>w·x</i> + <i>b</i>)) + ½ · %1 ‖<i>w</i>‖²")
            .arg(number(spec.penalty));
    case Classifier::multinomial_nb:
        return QStringLiteral("<i>p</i>(<i>d</i>|<i>x</i>) ∝ <i>p</i>(<i>d</i>) Π "
                              "<i>p</i>(<i>f</i>|<i>d</i>)<sup><i>x<sub>f</sub></i></sup>");
    case Classifier::complement_nb:
        return QStringLiteral("argmin Σ <i>x<sub>f</sub></i> log <i>p</i>(<i>f</i>|not <i>d</i>)");
    case Classifier::tree:
        return Words::tr("splits by Gini = 1 − Σ <i>p<sub>d</sub></i>²");
    case Classifier::forest:
        return Words::tr("mean of %1 trees, each of a bootstrap").arg(spec.trees);
    case Classifier::knn:
        return Words::tr("shares of the %1 nearest by cosine").arg(spec.neighbours);
    case Classifier::majority:
        break;
    }
    return Words::tr("the most frequent domain, whatever <i>x</i> is");
}

QString legendOf(const RouterSpec& spec) {
    QStringList parts = {Words::tr(
        "<i>x</i>: TF-IDF of the token ids, ‖<i>x</i>‖ = 1, with idf = ln((1 + <i>n</i>)/(1 + df)) + 1.")};
    if (spec.classifier == Classifier::svm || spec.classifier == Classifier::sgd)
        parts << Words::tr("One against the rest; <i>y</i> = ±1.");
    if (spec.classifier == Classifier::sgd) parts << Words::tr("<i>H</i>: modified Huber loss.");
    if (spec.tokens == RouterTokens::paper) parts << Words::tr("Ids of one digit are left out.");
    return parts.join(u' ');
}

} // namespace

LossText routerText(const RouterSpec& spec) {
    return {ruleOf(spec), {}, legendOf(spec)};
}

} // namespace retort
