// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/event.h"
#include "spec/run_spec_json.h"

#include <QWidget>
#include <map>
#include <vector>

class QComboBox;
class QLabel;
class QSlider;
class QTextCursor;
class QTextEdit;

namespace retort {

/// What a run wrote at its evaluations: of one of them a block per domain, or of one domain all up to a
/// chosen evaluation, newest above. A slider goes back through the evaluations; at its end it follows the
/// newest.
class SamplesPanel : public QWidget {
    Q_OBJECT
public:
    explicit SamplesPanel(QWidget* parent = nullptr);

    /// The newest of a step and domain replaces an earlier one. Shown after refresh().
    void add(std::int64_t step, const TextSample& sample);
    /// Forgets those of later steps.
    void truncateAfter(std::int64_t step);
    void clear();
    /// Shows what was added; cheap where nothing was.
    void refresh();
    /// By the run's specification, what is said while there is nothing to show.
    void setRun(const Json& spec);

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* createTools();
    void showDomains();
    void showSteps();
    void write();
    void writeBlock(QTextCursor& cursor, std::int64_t step, const TextSample& sample) const;
    [[nodiscard]] std::vector<std::int64_t> shownSteps() const;

    std::map<std::int64_t, std::vector<TextSample>> m_samples; ///< by step
    bool m_isStale = false;
    QWidget* m_tools = nullptr;
    QComboBox* m_domain = nullptr;
    QSlider* m_step = nullptr;
    QLabel* m_stepText = nullptr;
    QTextEdit* m_text = nullptr;
};

} // namespace retort
