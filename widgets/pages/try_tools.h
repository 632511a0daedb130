// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/generation.h"
#include "widgets/pages/tool_row.h"

class QDoubleSpinBox;
class QPushButton;
class QSpinBox;

namespace retort {

/// How a text is drawn, and the buttons that begin and end it.
class TryTools : public ToolRow {
    Q_OBJECT
public:
    explicit TryTools(QWidget* parent = nullptr);

    /// Everything but the prompt and who writes.
    [[nodiscard]] GenerationRequest request() const;
    void setWriting(bool isWriting);
    void setCanAdd(bool can);

Q_SIGNALS:
    void writeRequested();
    void stopRequested();
    void addRequested();

private:
    QSpinBox* addNumber(const char* name, const QString& label, const QString& help, int most);
    QDoubleSpinBox* addShare(const char* name, const QString& label, const QString& help, double most);
    void addNumbers();
    void addButtons();

    QSpinBox* m_tokens = nullptr;
    QDoubleSpinBox* m_temperature = nullptr;
    QSpinBox* m_topK = nullptr;
    QDoubleSpinBox* m_topP = nullptr;
    QSpinBox* m_seed = nullptr;
    QPushButton* m_write = nullptr;
    QToolButton* m_stop = nullptr;
    QToolButton* m_add = nullptr;
};

} // namespace retort
