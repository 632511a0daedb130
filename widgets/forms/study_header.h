// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/forms/study_document.h"

#include <QWidget>

#include <string>
#include <vector>

class QGridLayout;
class QLineEdit;

namespace retort {

class InlineMessage;

/// Name, question and seeds of a study, each with its problem below it.
class StudyHeader : public QWidget {
    Q_OBJECT
public:
    explicit StudyHeader(StudyDocument& document, QWidget* parent = nullptr);

    /// The field of a problem's pointer, if it is one of these.
    bool focusField(const std::string& pointer);

private:
    struct Field {
        std::string key;
        QLineEdit* line;
        InlineMessage* notice;
        Json (*parse)(const QString&);
        QString (*format)(const Json&);
    };

    void addField(const Field& field, const QString& label, const QString& help, int column, int stretch);
    void refresh();
    [[nodiscard]] QString problemsOf(const std::string& key) const;

    StudyDocument& m_document;
    QGridLayout* m_grid;
    std::vector<Field> m_fields;
};

/// "1, 2, 3" and "1-6" as a list of whole numbers; parts that are none stay text, to be reported.
[[nodiscard]] Json parseSeeds(const QString& text);

} // namespace retort
