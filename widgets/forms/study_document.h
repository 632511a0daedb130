// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/study_spec.h"

#include <QObject>
#include <QUndoStack>

#include <optional>
#include <string>
#include <vector>

namespace retort {

/// A variant by name; nothing means the base.
using VariantName = std::optional<std::string>;

/// A problem of a study file, resolved to what a person can go to.
struct StudyProblem {
    enum class Where { study, base, variant };
    Where where = Where::study;
    std::string variant; ///< where it is one
    std::string pointer; ///< into the run, or into the file for problems of the study itself
    std::string message;
};

/// The study being designed. It holds the file's JSON, so that also what is wrong is kept until somebody
/// rights it, and every edit can be undone.
class StudyDocument : public QObject {
    Q_OBJECT
public:
    explicit StudyDocument(QObject* parent = nullptr);

    /// Replaces everything and forgets the history.
    void load(const StudySpec& study);

    [[nodiscard]] const Json& file() const { return m_file; }
    /// What could be read of the file.
    [[nodiscard]] const StudySpec& study() const { return m_reading.study; }
    /// Whether study() says all that the file says, so that saving it loses nothing.
    [[nodiscard]] bool isFaithful() const;
    [[nodiscard]] const std::vector<StudyProblem>& problems() const { return m_problems; }
    [[nodiscard]] QUndoStack* undoStack() { return &m_undo; }

    [[nodiscard]] std::vector<std::string> variants() const;
    /// The base with the variant's patch applied.
    [[nodiscard]] Json run(const VariantName& variant) const;
    /// What a variant differs from: the base; what the base differs from: the defaults, an empty object.
    [[nodiscard]] Json reference(const VariantName& variant) const;
    /// What the variant's fields say that the base's do not, one a line in the order of the form.
    [[nodiscard]] QStringList differences(const std::string& variant) const;
    /// Problems of one run, with pointers into it.
    [[nodiscard]] std::vector<Problem> runProblems(const VariantName& variant) const;

    /// `name`, `title` or `seeds` of the study.
    void setStudyField(const std::string& key, Json value);
    /// In a variant, a value that equals the base's is no difference and leaves the patch.
    void setValue(const VariantName& variant, const std::string& pointer, Json value);
    /// The fields that "fidelity": `fidelity` ("paper" or "corrected") stands for, as one edit.
    void applyFidelity(const VariantName& variant, const std::string& fidelity);
    /// The base is to train on these domains of this corpus, as one edit.
    void setCorpus(const std::string& corpus, const std::vector<std::string>& domains);
    /// Back to the reference.
    void resetValue(const VariantName& variant, const std::string& pointer);
    /// Takes a value out of the run, also when the base has it.
    void removeValue(const VariantName& variant, const std::string& pointer);

    /// Each returns the new variant's name.
    std::string addVariant();
    std::string duplicateVariant(const VariantName& variant);
    /// False, and nothing is changed, when there is one of that name.
    bool renameVariant(const std::string& from, const std::string& to);
    void removeVariant(const std::string& name);

    /// The whole file at once. Requires an object.
    void setFile(Json file);

    /// What comes next is undone apart from what came before, even in the same field.
    void closeEdit() { ++m_session; }

Q_SIGNALS:
    void changed();

private:
    class Edit;

    void push(Json file, const QString& text, const std::string& place);
    void replace(const Json& file);
    void put(Json& file, const VariantName& variant, const std::string& pointer, Json value) const;
    [[nodiscard]] Json base() const;
    [[nodiscard]] Json patch(const std::string& variant) const;
    [[nodiscard]] std::string freeName(const std::string& wish) const;
    [[nodiscard]] StudyProblem resolve(const Problem& problem) const;
    std::string insertVariant(const std::string& name, const Json& patch, const QString& text);

    Json m_file = Json::object();
    StudyReading m_reading;
    std::vector<StudyProblem> m_problems;
    QUndoStack m_undo;
    int m_session = 0;
};

} // namespace retort
