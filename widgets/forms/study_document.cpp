// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/study_document.h"

#include "spec/fidelity.h"
#include "widgets/forms/field_index.h"
#include "widgets/forms/field_text.h"
#include "widgets/forms/json_path.h"

#include <QStringList>
#include <QUndoCommand>

#include <algorithm>

namespace retort {
namespace {

Json objectAt(const Json& file, const char* key) {
    const Json* found = valueAt(file, key);
    return found != nullptr && found->is_object() ? *found : Json::object();
}

/// Equal whatever the order of keys.
bool saysTheSame(const Json& a, const Json& b) {
    return nlohmann::json(a) == nlohmann::json(b);
}

/// Claims name the variants that they compare. What is wrong with them is left as it is.
void renameInClaims(Json& file, const std::string& from, const std::string& to) {
    if (!file.contains("claims")) return;
    Json flat = file["claims"].flatten();
    for (const auto& [pointer, value] : flat.items())
        if (value == from && (pointer.ends_with("/variant") || pointer.ends_with("/reference")))
            file["claims"][Json::json_pointer(pointer)] = to;
}

std::string place(const VariantName& variant, const std::string& pointer) {
    return (variant ? "variant " + *variant : std::string("base")) + " " + pointer;
}

} // namespace

/// The file before and after. Edits of one place in one go become one step back.
class StudyDocument::Edit : public QUndoCommand {
public:
    Edit(StudyDocument& document, Json after, const QString& text, std::string place)
        : QUndoCommand(text),
          m_document(document),
          m_before(document.m_file),
          m_after(std::move(after)),
          m_place(std::move(place)),
          m_session(document.m_session) {}

    void undo() override { m_document.replace(m_before); }
    void redo() override { m_document.replace(m_after); }
    [[nodiscard]] int id() const override { return 1; }
    bool mergeWith(const QUndoCommand* next) override {
        const auto& edit = static_cast<const Edit&>(*next);
        if (edit.m_place != m_place || edit.m_session != m_session) return false;
        m_after = edit.m_after;
        setObsolete(m_after == m_before);
        return true;
    }

private:
    StudyDocument& m_document;
    Json m_before;
    Json m_after;
    std::string m_place;
    int m_session;
};

StudyDocument::StudyDocument(QObject* parent) : QObject(parent) {
    load({});
}

void StudyDocument::load(const StudySpec& study) {
    m_undo.clear();
    replace(to_json(study));
}

bool StudyDocument::isFaithful() const {
    return saysTheSame(to_json(m_reading.study), m_file);
}

std::vector<std::string> StudyDocument::variants() const {
    std::vector<std::string> names;
    const Json variants = objectAt(m_file, "/variants");
    for (const auto& [name, patch] : variants.items())
        names.push_back(name);
    return names;
}

Json StudyDocument::base() const {
    return objectAt(m_file, "/base");
}

Json StudyDocument::patch(const std::string& variant) const {
    const Json variants = objectAt(m_file, "/variants");
    const auto found = variants.find(variant);
    return found != variants.end() && found->is_object() ? *found : Json::object();
}

Json StudyDocument::run(const VariantName& variant) const {
    Json run = base();
    if (variant) run.merge_patch(patch(*variant));
    return run;
}

Json StudyDocument::reference(const VariantName& variant) const {
    return variant ? base() : Json::object();
}

QStringList StudyDocument::differences(const std::string& variant) const {
    QStringList lines;
    const Json from = base();
    const Json to = run(variant);
    for (const auto& [field, section] : FieldIndex::instance().entries()) {
        const Json& value = valueOrDefault(to, field);
        if (value != valueOrDefault(from, field))
            lines << QString::fromStdString(field.label) + QStringLiteral(" ") + describeValue(field, value);
    }
    return lines;
}

std::vector<Problem> StudyDocument::runProblems(const VariantName& variant) const {
    if (variant) return read_run_spec(run(variant)).problems;
    std::vector<Problem> problems;
    for (const StudyProblem& problem : m_problems)
        if (problem.where == StudyProblem::Where::base)
            problems.push_back({problem.pointer, problem.message});
    return problems;
}

void StudyDocument::setStudyField(const std::string& key, Json value) {
    Json file = m_file;
    file[key] = std::move(value);
    push(std::move(file), tr("edit the study's %1").arg(QString::fromStdString(key)), key);
}

void StudyDocument::put(Json& file, const VariantName& variant, const std::string& pointer,
                        Json value) const {
    if (!variant) return setAt(file["base"], pointer, std::move(value));
    Json& changed = file["variants"][*variant];
    eraseAt(changed, pointer);
    Json inherited = base();
    inherited.merge_patch(changed);
    const auto* entry = FieldIndex::instance().find(pointer);
    if (entry == nullptr || valueOrDefault(inherited, entry->field) != value)
        setAt(changed, pointer, std::move(value));
}

void StudyDocument::setValue(const VariantName& variant, const std::string& pointer, Json value) {
    Json file = m_file;
    put(file, variant, pointer, std::move(value));
    push(std::move(file), tr("edit %1").arg(FieldIndex::instance().label(pointer)), place(variant, pointer));
}

void StudyDocument::applyFidelity(const VariantName& variant, const std::string& fidelity) {
    Json preset = {{"fidelity", fidelity}};
    (void)expand_fidelity(preset, read_run_spec(run(variant)).spec.task);
    Json file = m_file;
    const Json fields = preset.flatten();
    for (const auto& [pointer, value] : fields.items())
        put(file, variant, pointer, value);
    closeEdit();
    push(std::move(file), tr("take the fields of fidelity %1").arg(QString::fromStdString(fidelity)),
         place(variant, "/fidelity"));
}

void StudyDocument::setCorpus(const std::string& corpus, const std::vector<std::string>& domains) {
    Json file = m_file;
    put(file, {}, "/data/corpus", corpus);
    put(file, {}, "/data/domains", domains);
    closeEdit();
    push(std::move(file), tr("use the corpus %1").arg(QString::fromStdString(corpus)),
         place({}, "/data/corpus"));
}

void StudyDocument::resetValue(const VariantName& variant, const std::string& pointer) {
    Json file = m_file;
    eraseAt(variant ? file["variants"][*variant] : file["base"], pointer);
    closeEdit();
    push(std::move(file), tr("reset %1").arg(FieldIndex::instance().label(pointer)), place(variant, pointer));
}

void StudyDocument::removeValue(const VariantName& variant, const std::string& pointer) {
    if (!variant || valueAt(base(), pointer) == nullptr) return resetValue(variant, pointer);
    setValue(variant, pointer, nullptr);
}

std::string StudyDocument::addVariant() {
    return insertVariant(freeName("variant"), Json::object(), tr("add a variant"));
}

std::string StudyDocument::duplicateVariant(const VariantName& variant) {
    const std::string name = freeName(variant.value_or("base") + "-copy");
    return insertVariant(name, variant ? patch(*variant) : Json::object(), tr("duplicate a variant"));
}

std::string StudyDocument::insertVariant(const std::string& name, const Json& patch, const QString& text) {
    Json file = m_file;
    Json variants = objectAt(m_file, "/variants");
    variants[name] = patch;
    file["variants"] = std::move(variants);
    closeEdit();
    push(std::move(file), text, "variants");
    return name;
}

bool StudyDocument::renameVariant(const std::string& from, const std::string& to) {
    if (std::ranges::count(variants(), to) > 0) return false;
    Json file = m_file;
    renameKey(file["variants"], from, to);
    renameInClaims(file, from, to);
    closeEdit();
    push(std::move(file), tr("rename a variant"), "variants");
    return true;
}

void StudyDocument::removeVariant(const std::string& name) {
    Json file = m_file;
    file["variants"].erase(name);
    closeEdit();
    push(std::move(file), tr("remove a variant"), "variants");
}

void StudyDocument::setFile(Json file) {
    push(std::move(file), tr("edit the JSON text"), "file");
}

void StudyDocument::push(Json file, const QString& text, const std::string& place) {
    if (file != m_file) m_undo.push(new Edit(*this, std::move(file), text, place));
}

void StudyDocument::replace(const Json& file) {
    m_file = file;
    m_reading = read_study(m_file.dump());
    m_problems.clear();
    for (const Problem& problem : m_reading.problems)
        m_problems.push_back(resolve(problem));
    Q_EMIT changed();
}

StudyProblem StudyDocument::resolve(const Problem& problem) const {
    using enum StudyProblem::Where;
    if (isAtOrBelow(problem.pointer, "/base")) return {base, {}, problem.pointer.substr(5), problem.message};
    StudyProblem resolved = {study, {}, problem.pointer, problem.message};
    for (const std::string& name : variants()) {
        const std::string prefix = "/variants/" + name;
        // Names of wrong letters may hold a slash; the longest that fits is meant.
        if (isAtOrBelow(problem.pointer, prefix) && name.size() >= resolved.variant.size())
            resolved = {variant, name, problem.pointer.substr(prefix.size()), problem.message};
    }
    return resolved;
}

std::string StudyDocument::freeName(const std::string& wish) const {
    const auto taken = variants();
    std::string name = wish;
    for (int number = 2; std::ranges::count(taken, name) > 0; ++number)
        name = wish + "-" + std::to_string(number);
    return name;
}

} // namespace retort
