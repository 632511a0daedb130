// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/study_header.h"

#include "widgets/forms/field_editor.h"
#include "widgets/forms/field_index.h"
#include "widgets/forms/field_text.h"
#include "widgets/forms/inline_message.h"
#include "widgets/forms/json_path.h"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>

namespace retort {
namespace {

using Type = FieldInfo::Type;

constexpr std::uint64_t most_seeds_of_a_range = 1000;

Json parseText(const QString& text) {
    return parseField(Type::text, text);
}

QString formatText(const Json& value) {
    return formatField(Type::text, value);
}

QString formatSeeds(const Json& value) {
    return formatField(Type::text_list, value);
}

/// Appends first to last; false when the part is no range.
bool addRange(const QString& part, Json& seeds) {
    static const QRegularExpression range(QStringLiteral("^(\\d{1,18})\\s*[-–]\\s*(\\d{1,18})$"));
    const auto match = range.match(part);
    if (!match.hasMatch()) return false;
    const std::uint64_t first = match.captured(1).toULongLong();
    const std::uint64_t last = match.captured(2).toULongLong();
    if (last < first || last - first >= most_seeds_of_a_range) return false;
    for (std::uint64_t seed = first; seed <= last; ++seed)
        seeds.push_back(seed);
    return true;
}

} // namespace

Json parseSeeds(const QString& text) {
    Json seeds = Json::array();
    if (text.trimmed().isEmpty()) return seeds;
    for (const QString& part : text.split(u','))
        if (!addRange(part.trimmed(), seeds)) seeds.push_back(parseField(Type::integer, part.trimmed()));
    return seeds;
}

StudyHeader::StudyHeader(StudyDocument& document, QWidget* parent)
    : QWidget(parent), m_document(document), m_grid(new QGridLayout(this)) {
    m_grid->setContentsMargins({});
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(2);
    const auto field = [this](const char* key, auto parse, auto format) {
        return Field{key, new QLineEdit(this), new InlineMessage(InlineMessage::Kind::problem, this), parse,
                     format};
    };
    addField(field("name", parseText, formatText), tr("&Name"),
             tr("First part of a run's name, study/variant/seed: letters, digits, '.', '_' and '-'."), 0, 2);
    addField(field("title", parseText, formatText), tr("&Question"),
             tr("What the study asks, as a person would put it."), 2, 6);
    addField(field("seeds", parseSeeds, formatSeeds), tr("See&ds"),
             tr("Each variant runs once for each seed: 1, 2, 3 or 1-6."), 4, 2);
    connect(&m_document, &StudyDocument::changed, this, &StudyHeader::refresh);
    refresh();
}

void StudyHeader::addField(const Field& field, const QString& label, const QString& help, int column,
                           int stretch) {
    auto* text = new QLabel(label, this);
    text->setBuddy(field.line);
    field.line->setObjectName(QStringLiteral("study/") + QString::fromStdString(field.key));
    field.line->setToolTip(help);
    field.line->setAccessibleName(QString(label).remove(u'&'));
    shareUndo(field.line);
    m_grid->addWidget(text, 0, column);
    m_grid->addWidget(field.line, 0, column + 1);
    m_grid->addWidget(field.notice, 1, column + 1);
    m_grid->setColumnStretch(column + 1, stretch);
    m_fields.push_back(field);
    connect(field.line, &QLineEdit::textEdited, this,
            [this, field](const QString& typed) { m_document.setStudyField(field.key, field.parse(typed)); });
}

void StudyHeader::refresh() {
    for (const Field& field : m_fields) {
        const Json* value = valueAt(m_document.file(), "/" + field.key);
        const Json shown = value != nullptr ? *value : Json("");
        // What is being typed stays as it is written.
        if (field.parse(field.line->text()) != shown) {
            field.line->setText(field.format(shown));
            field.line->setCursorPosition(0); // a long question shows its beginning
        }
        field.notice->setText(problemsOf(field.key));
        field.line->setAccessibleDescription(field.notice->text() + u' ' + field.line->toolTip());
    }
}

QString StudyHeader::problemsOf(const std::string& key) const {
    QStringList sentences;
    for (const StudyProblem& problem : m_document.problems())
        if (problem.where == StudyProblem::Where::study && isAtOrBelow(problem.pointer, "/" + key))
            sentences << QString::fromStdString(problem.message);
    return sentences.join(u'\n');
}

bool StudyHeader::focusField(const std::string& pointer) {
    for (const Field& field : m_fields) {
        if (!isAtOrBelow(pointer, "/" + field.key)) continue;
        field.line->setFocus(Qt::OtherFocusReason);
        return true;
    }
    return false;
}

} // namespace retort
