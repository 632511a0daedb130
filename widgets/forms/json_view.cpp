// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/json_view.h"

#include "widgets/forms/inline_message.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace retort {
namespace {

constexpr int indent = 2;

/// "line 3, column 7: …" of the parser's message.
QString parseFault(const std::string& text) {
    const StudyReading reading = read_study(text);
    return reading.problems.empty() ? QString() : QString::fromStdString(to_text({reading.problems.front()}));
}

} // namespace

JsonView::JsonView(StudyDocument& document, QWidget* parent) : QWidget(parent), m_document(document) {
    createWidgets();
    showDocument();
    connect(m_text, &QPlainTextEdit::textChanged, this, &JsonView::applyText);
    connect(m_discard, &QPushButton::clicked, this, &JsonView::discard);
    connect(&m_document, &StudyDocument::changed, this, [this] {
        if (fault().isEmpty()) showDocument();
    });
}

void JsonView::createWidgets() {
    m_text = new QPlainTextEdit(this);
    m_text->setObjectName(QStringLiteral("json"));
    m_text->setAccessibleName(tr("The study file as JSON"));
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setTabChangesFocus(true);
    m_fault = new InlineMessage(InlineMessage::Kind::problem, this);
    m_fault->setObjectName(QStringLiteral("jsonFault"));
    m_discard = new QPushButton(tr("Discard this text"), this);
    m_discard->setObjectName(QStringLiteral("discardJson"));
    m_discard->hide();
    auto* line = new QHBoxLayout;
    line->addWidget(m_fault, 1);
    line->addWidget(m_discard);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_text, 1);
    layout->addLayout(line);
}

QString JsonView::fault() const {
    return m_fault->text();
}

QString JsonView::unapplied() const {
    return fault().isEmpty() ? QString() : m_text->toPlainText();
}

void JsonView::setText(const QString& text) {
    m_text->setPlainText(text);
}

void JsonView::discard() {
    m_applied = nullptr;
    showDocument();
}

void JsonView::applyText() {
    const std::string text = m_text->toPlainText().toStdString();
    Json file = Json::parse(text, nullptr, false);
    if (!file.is_object()) {
        setFault(parseFault(text));
        return Q_EMIT unappliedEdited();
    }
    m_applied = file;
    setFault({});
    m_document.setFile(std::move(file));
}

void JsonView::showDocument() {
    if (m_applied == m_document.file()) return;
    m_applied = m_document.file();
    const QSignalBlocker blocker(m_text);
    m_text->setPlainText(QString::fromStdString(m_applied.dump(indent)));
    setFault({});
}

void JsonView::setFault(const QString& sentence) {
    if (sentence == fault()) return;
    m_fault->setText(sentence);
    m_discard->setVisible(!sentence.isEmpty());
    Q_EMIT faultChanged();
}

} // namespace retort
