// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/import_sources.h"

#include "spec/code_languages.h"
#include "spec/import_spec_json.h"
#include "widgets/forms/field_index.h"
#include "widgets/forms/field_row.h"
#include "widgets/forms/form_section.h"
#include "widgets/forms/inline_message.h"
#include "widgets/forms/json_path.h"
#include "widgets/forms/tool_button.h"
#include "widgets/tables/report_table_view.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace retort {
namespace {

/// "/path" for "/sources/3/path".
std::string keyOf(const std::string& pointer) {
    return pointer.substr(pointer.rfind('/'));
}

std::string pointerOf(int source) {
    return "/sources/" + std::to_string(source);
}

std::string textAt(const Json& source, const char* key) {
    const Json* value = valueAt(source, key);
    return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

bool isLanguageCode(const QString& word) {
    return word.size() == 2 &&
           std::ranges::all_of(word, [](QChar c) { return c >= QLatin1Char('a') && c <= QLatin1Char('z'); });
}

Json jsonOf(const ImportSource& source) {
    ImportSpec spec;
    spec.sources = {source};
    return to_json(spec)["sources"][0];
}

} // namespace

ImportSource suggestedSource(const QString& path) {
    ImportSource source;
    source.path = path.toStdString();
    const QStringList words = QFileInfo(path).fileName().split(QLatin1Char('.'));
    for (const QString& word : words.size() == 1 ? words : words.mid(0, words.size() - 1))
        if (isLanguageCode(word) || is_code_language(word.toStdString())) source.domain = word.toStdString();
    return source;
}

ImportSources::ImportSources(QWidget* parent) : QWidget(parent) {
    m_list = new ReportTableView(tr("Sources"));
    m_list->setObjectName(QStringLiteral("importSources"));
    m_list->setFrameShape(QFrame::StyledPanel);
    m_problem = new InlineMessage(InlineMessage::Kind::problem);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(6);
    layout->addWidget(createTools());
    layout->addWidget(m_list, 2);
    layout->addWidget(m_problem);
    layout->addWidget(createFields(), 3);
    connect(m_list, &ReportTableView::rowChanged, this, &ImportSources::showFields);
    showList();
}

QWidget* ImportSources::createTools() {
    auto* files =
        createToolButton("addFiles", tr("Add f&iles…"),
                         tr("JSON, JSON lines, also compressed, or text; files can be dropped here too"));
    auto* folder = createToolButton("addFolder", tr("Add f&older…"), tr("Of text, or of source code"));
    m_remove = createToolButton("removeSource", tr("Remove"), tr("Take the chosen source off the list"));
    connect(files, &QToolButton::clicked, this, &ImportSources::chooseFiles);
    connect(folder, &QToolButton::clicked, this, &ImportSources::chooseFolder);
    connect(m_remove, &QToolButton::clicked, this, &ImportSources::removeChosen);
    auto* tools = new QWidget;
    auto* row = new QHBoxLayout(tools);
    row->setContentsMargins({});
    row->addWidget(files);
    row->addWidget(folder);
    row->addWidget(m_remove);
    row->addStretch(1);
    return tools;
}

QWidget* ImportSources::createFields() {
    m_fields = new FormSection(describe_import_source(0), {}, 0);
    m_fields->setOpen(true);
    m_scroll = new QScrollArea;
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    auto* holder = new QWidget;
    auto* column = new QVBoxLayout(holder);
    column->setContentsMargins({});
    column->addWidget(m_fields);
    column->addStretch(1);
    m_scroll->setWidget(holder);
    int width = 0;
    for (FieldRow* row : m_fields->allRows())
        width = std::max(width, row->labelWidth());
    for (FieldRow* row : m_fields->allRows())
        row->setLabelWidth(width);
    connect(m_fields, &FormSection::edited, this, &ImportSources::setField);
    connect(m_fields, &FormSection::resetRequested, this, [this](const std::string& pointer) {
        const Json defaults = jsonOf({});
        if (const Json* value = valueAt(defaults, keyOf(pointer))) setField(pointer, *value);
    });
    return m_scroll;
}

void ImportSources::setSources(const Json& sources) {
    m_sources = sources.is_array() ? sources : Json::array();
    showList();
}

void ImportSources::add(const QStringList& paths) {
    const int first = static_cast<int>(m_sources.size());
    for (const QString& path : paths)
        m_sources.push_back(jsonOf(suggestedSource(path)));
    showList();
    m_list->chooseRow(first);
    if (!paths.isEmpty()) Q_EMIT edited();
}

void ImportSources::chooseFiles() {
    add(QFileDialog::getOpenFileNames(
        this, tr("Add files"), {},
        tr("Texts (*.json *.jsonl *.ndjson *.gz *.zst *.txt *.md);;All files (*)")));
}

void ImportSources::chooseFolder() {
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Add folder"));
    if (!folder.isEmpty()) add({folder});
}

void ImportSources::removeChosen() {
    if (chosen() < 0) return;
    m_sources.erase(static_cast<std::size_t>(chosen()));
    showList();
    Q_EMIT edited();
}

void ImportSources::setField(const std::string& pointer, const Json& value) {
    if (chosen() < 0) return;
    setAt(m_sources[static_cast<std::size_t>(chosen())], keyOf(pointer), value);
    showList();
    Q_EMIT edited();
}

int ImportSources::chosen() const {
    const int row = m_list->currentRow();
    return row < static_cast<int>(m_sources.size()) ? row : -1;
}

void ImportSources::showProblems(const std::vector<Problem>& problems) {
    m_problems = problems;
    QStringList whole;
    for (const Problem& problem : problems)
        if (problem.pointer == "/sources") whole << QString::fromStdString(problem.message);
    m_problem->setText(whole.isEmpty() ? QString() : tr("The list %1").arg(whole.join(QLatin1Char('\n'))));
    showList();
}

void ImportSources::showList() {
    ReportTable table;
    table.columns = {{tr("Source").toStdString()},
                     {tr("Domain").toStdString()},
                     {tr("Format").toStdString()},
                     {tr("State").toStdString()}};
    for (std::size_t i = 0; i < m_sources.size(); ++i) {
        const std::string pointer = pointerOf(static_cast<int>(i));
        const bool isWrong = std::ranges::any_of(
            m_problems, [&](const Problem& one) { return isAtOrBelow(one.pointer, pointer); });
        table.rows.push_back({{textAt(m_sources[i], "/path")},
                              {textAt(m_sources[i], "/domain")},
                              {textAt(m_sources[i], "/format")},
                              {isWrong ? tr("to solve").toStdString() : std::string()}});
    }
    const int row = m_list->currentRow();
    m_list->setTable(std::move(table));
    m_list->chooseRow(std::clamp(row, 0, std::max(0, static_cast<int>(m_sources.size()) - 1)));
    showFields();
}

void ImportSources::showFields() {
    const int source = chosen();
    m_remove->setEnabled(source >= 0);
    m_scroll->setVisible(source >= 0);
    const Json defaults = jsonOf({});
    const Json& shown = source < 0 ? defaults : m_sources[static_cast<std::size_t>(source)];
    for (FieldRow* row : m_fields->allRows()) {
        const std::string key = keyOf(row->field().pointer);
        const Json *value = valueAt(shown, key), *usual = valueAt(defaults, key);
        row->setValue(value != nullptr ? *value : *usual, *usual, tr("default"));
        QStringList wrong;
        for (const Problem& problem : m_problems)
            if (isAtOrBelow(problem.pointer, pointerOf(source) + key))
                wrong << QString::fromStdString(problem.message);
        row->setProblem(wrong.join(QLatin1Char('\n')));
    }
    m_fields->updateCounts();
}

} // namespace retort
