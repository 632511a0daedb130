// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/compare_metric.h"

#include <QCoreApplication>
#include <cmath>

namespace retort {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(retort::CompareMetric)
};

bool isLoss(const std::string& series) {
    return series == "loss" || series == "ce" || series == "kd" || series == "teacher_ce" ||
           series == "lwf" || series == "ewc";
}

QString seriesTitle(const std::string& series) {
    if (series == "loss") return Text::tr("Training loss");
    if (series == "ce") return Text::tr("Training CE");
    if (series == "kd") return Text::tr("Training KD");
    if (series == "teacher_ce") return Text::tr("Teacher's CE");
    if (series == "lwf") return Text::tr("Training LwF");
    if (series == "ewc") return Text::tr("Training EWC");
    if (series == "lr") return Text::tr("Learning rate");
    if (series == "grad_norm") return Text::tr("Gradient norm");
    if (series == "tokens_per_second") return Text::tr("Tokens per second");
    return QString::fromStdString(series);
}

QString kindTitle(const CompareMetric& metric) {
    switch (metric.kind) {
    case CompareMetric::Kind::loss:
        return Text::tr("Validation loss");
    case CompareMetric::Kind::perplexity:
        return Text::tr("Validation perplexity");
    case CompareMetric::Kind::bits_per_byte:
        return Text::tr("Validation bits per byte");
    case CompareMetric::Kind::accuracy:
        return Text::tr("Validation accuracy");
    case CompareMetric::Kind::series:
        break;
    }
    return seriesTitle(metric.series);
}

} // namespace

Better CompareMetric::better() const {
    if (kind == Kind::accuracy) return Better::higher;
    return isEvaluation() || isLoss(series) ? Better::lower : Better::neither;
}

double CompareMetric::shown(double value) const {
    return isShownAsExp() ? std::exp(value) : value;
}

QString CompareMetric::title() const {
    const QString name = kindTitle(*this);
    return domain.empty() ? name : QStringLiteral("%1 · %2").arg(name, QString::fromStdString(domain));
}

QString CompareMetric::unit() const {
    return isShownAsExp() ? Text::tr("exp of mean nats per token") : differenceUnit();
}

QString CompareMetric::differenceUnit() const {
    const bool isInNats = kind == Kind::loss || kind == Kind::perplexity || isLoss(series);
    return isInNats ? Text::tr("nats per token") : QString();
}

QString CompareMetric::key() const {
    switch (kind) {
    case Kind::loss:
        return QStringLiteral("loss");
    case Kind::perplexity:
        return QStringLiteral("perplexity");
    case Kind::bits_per_byte:
        return QStringLiteral("bits_per_byte");
    case Kind::accuracy:
        return QStringLiteral("accuracy");
    case Kind::series:
        break;
    }
    return QStringLiteral("train/") + QString::fromStdString(series);
}

QString bandText(Band band) {
    switch (band) {
    case Band::standard_deviation:
        return Text::tr("mean ± s.d.");
    case Band::standard_error:
        return Text::tr("mean ± s.e.");
    case Band::t_interval:
        return Text::tr("mean, 95 % t interval");
    case Band::bootstrap:
        return Text::tr("mean, 95 % bootstrap");
    case Band::range:
        break;
    }
    return Text::tr("mean, min–max");
}

} // namespace retort
