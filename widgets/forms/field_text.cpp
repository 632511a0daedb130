// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/field_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>
#include <QStringList>

#include <charconv>
#include <cmath>
#include <optional>

namespace retort {
namespace {

using Type = FieldInfo::Type;

constexpr QChar narrow_no_break_space(0x202F);
constexpr double exact_limit = 0x1.0p53;

QString translated(const char* text) {
    return QCoreApplication::translate("retort::Form", text);
}

Json kept(const QString& text) {
    return text.toStdString();
}

template <class Number>
std::optional<Number> parseAll(const QString& text) {
    const std::string plain = text.toStdString();
    Number number{};
    const char* end = plain.data() + plain.size();
    const auto result = std::from_chars(plain.data(), end, number);
    if (result.ec != std::errc() || result.ptr != end) return {};
    return number;
}

/// Removes what stands between groups of three digits; other texts are returned as they are.
QString withoutGroups(const QString& text) {
    static const QRegularExpression groups(
        QStringLiteral("^[+-]?\\d{1,3}([ ,'_\\x{00A0}\\x{202F}]\\d{3})+$"));
    static const QRegularExpression separators(QStringLiteral("[ ,'_\\x{00A0}\\x{202F}]"));
    return groups.match(text).hasMatch() ? QString(text).remove(separators) : text;
}

/// 5e5, 500k, 1.5M: only where the notation says that the number is scaled, so that 1.000 is never read as 1.
std::optional<std::int64_t> parseScaled(QString text) {
    static const QRegularExpression scaled(QStringLiteral("^-?[0-9.]+(e\\+?[0-9]+|k|m|g)$"),
                                           QRegularExpression::CaseInsensitiveOption);
    if (!scaled.match(text).hasMatch()) return {};
    text.replace(u'k', QStringLiteral("e3"), Qt::CaseInsensitive);
    text.replace(u'm', QStringLiteral("e6"), Qt::CaseInsensitive);
    text.replace(u'g', QStringLiteral("e9"), Qt::CaseInsensitive);
    const auto number = parseAll<double>(text);
    if (!number || std::trunc(*number) != *number || std::abs(*number) >= exact_limit) return {};
    return static_cast<std::int64_t>(*number);
}

Json parseInteger(const QString& text) {
    const QString plain = withoutGroups(text.trimmed());
    // Not negative where possible, so that large seeds keep all their digits.
    if (const auto number = parseAll<std::uint64_t>(plain)) return *number;
    if (const auto number = parseAll<std::int64_t>(plain)) return *number;
    if (const auto number = parseScaled(plain))
        return *number >= 0 ? Json(std::uint64_t(*number)) : Json(*number);
    return kept(text);
}

Json parseReal(const QString& text) {
    const auto number = parseAll<double>(text.trimmed());
    return number && std::isfinite(*number) ? Json(*number) : kept(text);
}

Json parseList(const QString& text, Json (*parseElement)(const QString&)) {
    Json list = Json::array();
    if (text.trimmed().isEmpty()) return list;
    for (const QString& part : text.split(u','))
        list.push_back(parseElement(part.trimmed()));
    return list;
}

Json parseChoice(const QString& text) {
    if (text == QLatin1String("true")) return true;
    return text == QLatin1String("false") ? Json(false) : kept(text);
}

QString shortestReal(double number) {
    static const QRegularExpression padding(QStringLiteral("(e[+-]?)0+"));
    return QString::number(number, 'g', QLocale::FloatingPointShortest)
        .replace(padding, QStringLiteral("\\1"));
}

QString formatScalar(const Json& value) {
    if (value.is_string()) return QString::fromStdString(value.get<std::string>());
    if (value.is_number_float()) return shortestReal(value.get<double>());
    return QString::fromStdString(value.dump());
}

QString formatInteger(const Json& value) {
    if (value.is_number_integer()) return groupDigits(QString::fromStdString(value.dump()));
    const bool whole = value.is_number_float() && std::abs(value.get<double>()) < exact_limit &&
                       std::trunc(value.get<double>()) == value.get<double>();
    return whole ? groupDigits(QString::number(static_cast<qint64>(value.get<double>())))
                 : formatScalar(value);
}

QString formatList(const Json& value) {
    if (!value.is_array()) return formatScalar(value);
    QStringList parts;
    for (const Json& element : value)
        parts << formatScalar(element);
    return parts.join(QStringLiteral(", "));
}

} // namespace

Json parseField(Type type, const QString& text) {
    switch (type) {
    case Type::integer:
        return parseInteger(text);
    case Type::real:
        return parseReal(text);
    case Type::text_list:
        return parseList(text, kept);
    case Type::real_list:
        return parseList(text, parseReal);
    case Type::boolean:
        return parseChoice(text);
    case Type::text:
    case Type::choice:
        break;
    }
    return kept(text);
}

QString formatField(Type type, const Json& value) {
    switch (type) {
    case Type::integer:
        return formatInteger(value);
    case Type::text_list:
    case Type::real_list:
        return formatList(value);
    case Type::boolean:
    case Type::real:
    case Type::text:
    case Type::choice:
        break;
    }
    return formatScalar(value);
}

QString describeValue(const FieldInfo& field, const Json& value) {
    if (value.is_boolean())
        return value.get<bool>() ? translated(QT_TRANSLATE_NOOP("retort::Form", "on"))
                                 : translated(QT_TRANSLATE_NOOP("retort::Form", "off"));
    const QString text = formatField(field.type, value);
    return text.isEmpty() ? translated(QT_TRANSLATE_NOOP("retort::Form", "nothing")) : text;
}

QString groupDigits(QString digits) {
    const qsizetype first = digits.startsWith(u'-') ? 1 : 0;
    if (digits.size() - first < 5) return digits;
    for (qsizetype place = digits.size() - 3; place > first; place -= 3)
        digits.insert(place, narrow_no_break_space);
    return digits;
}

QString problemCount(qsizetype count) {
    if (count == 0) return translated(QT_TRANSLATE_NOOP("retort::Form", "no problems"));
    if (count == 1) return translated(QT_TRANSLATE_NOOP("retort::Form", "1 problem"));
    return translated(QT_TRANSLATE_NOOP("retort::Form", "%1 problems")).arg(count);
}

} // namespace retort
