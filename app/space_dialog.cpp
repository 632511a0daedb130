// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/space_dialog.h"

#include "widgets/forms/model_outline.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTabWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <utility>

namespace retort {
namespace {

QString sizeText(std::uint64_t bytes) {
    return shortBytes(static_cast<double>(bytes));
}

QString kindText(SpaceKind kind) {
    switch (kind) {
    case SpaceKind::cache:
        return SpaceDialog::tr("&Caches");
    case SpaceKind::leftover:
        return SpaceDialog::tr("&Leftovers");
    case SpaceKind::artifact:
        return SpaceDialog::tr("&Artifacts that no run needs");
    case SpaceKind::binned:
        return SpaceDialog::tr("Files of &deleted runs");
    }
    return {};
}

QString kindHelp(SpaceKind kind) {
    switch (kind) {
    case SpaceKind::cache:
        return SpaceDialog::tr("Hidden states of teachers; computed again when they are needed.");
    case SpaceKind::leftover:
        return SpaceDialog::tr("What was cut off while it was written, or belongs to no run.");
    case SpaceKind::artifact:
        return SpaceDialog::tr("Tokenizers, tokens and models of no stored run.");
    case SpaceKind::binned:
        return SpaceDialog::tr(
            "Their checkpoints and models; their curves stay, and so does their row when a "
            "deletion is undone.");
    }
    return {};
}

constexpr std::array kinds = {SpaceKind::cache, SpaceKind::leftover, SpaceKind::artifact, SpaceKind::binned};

QString usersText(const std::vector<std::string>& runs) {
    QStringList labels;
    for (const std::string& run : runs)
        labels << QString::fromStdString(run);
    return labels.isEmpty() ? SpaceDialog::tr("no run") : labels.join(QStringLiteral(", "));
}

} // namespace

SpaceDialog::SpaceDialog(Workspace workspace, QWidget* parent)
    : QDialog(parent), m_workspace(std::move(workspace)) {
    setWindowTitle(tr("Free Space"));
    setObjectName(QStringLiteral("spaceDialog"));
    new QVBoxLayout(this);
    createUse();
    layout()->addWidget(createChoices());
    auto* tabs = new QTabWidget;
    tabs->setAccessibleName(tr("What takes room"));
    tabs->addTab(m_list = createList(tr("What would be freed"), {tr("What"), tr("Size")}),
                 tr("&To Be Freed"));
    tabs->addTab(m_artifacts = createList(tr("Artifacts of the workspace"),
                                          {tr("Artifact"), tr("Size"), tr("Needed by")}),
                 tr("A&ll Artifacts"));
    layout()->addWidget(tabs);
    layout()->addWidget(m_state = new QLabel);
    m_state->setObjectName(QStringLiteral("state"));
    m_state->setWordWrap(true);
    createButtons();
    connect(&m_jobs, &BackgroundJobs::failed, m_state, &QLabel::setText);
    resize(680, 560);
}

void SpaceDialog::showEvent(QShowEvent* event) {
    QDialog::showEvent(event);
    survey();
}

void SpaceDialog::createUse() {
    m_use = new QLabel;
    m_use->setObjectName(QStringLiteral("use"));
    m_use->setWordWrap(true);
    m_use->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout()->addWidget(m_use);
}

QWidget* SpaceDialog::createChoices() {
    auto* choices = new QWidget;
    auto* column = new QVBoxLayout(choices);
    column->setContentsMargins({});
    for (const SpaceKind kind : kinds) {
        auto* box = new QCheckBox(kindText(kind));
        box->setObjectName(QString::fromLatin1(name_of(kind).data(), qsizetype(name_of(kind).size())));
        box->setToolTip(kindHelp(kind));
        box->setChecked(SpaceChoice().kinds.contains(kind));
        connect(box, &QCheckBox::toggled, this, &SpaceDialog::survey);
        column->addWidget(box);
        m_kinds[kind] = box;
    }
    return choices;
}

QTreeWidget* SpaceDialog::createList(const QString& name, const QStringList& titles) {
    auto* list = new QTreeWidget;
    list->setAccessibleName(name);
    list->setColumnCount(static_cast<int>(titles.size()));
    list->setHeaderLabels(titles);
    list->setRootIsDecorated(false);
    list->setUniformRowHeights(true);
    list->header()->setStretchLastSection(titles.size() > 2);
    list->header()->setSectionResizeMode(0, titles.size() > 2 ? QHeaderView::ResizeToContents
                                                              : QHeaderView::Stretch);
    return list;
}

void SpaceDialog::createButtons() {
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    m_free = buttons->addButton(tr("&Free"), QDialogButtonBox::ActionRole);
    m_free->setObjectName(QStringLiteral("free"));
    m_free->setEnabled(false);
    connect(m_free, &QPushButton::clicked, this, &SpaceDialog::freeChosen);
    connect(buttons, &QDialogButtonBox::rejected, this, &QWidget::close);
    layout()->addWidget(buttons);
}

SpaceChoice SpaceDialog::choice() const {
    SpaceChoice choice;
    choice.kinds.clear();
    for (const auto& [kind, box] : m_kinds)
        if (box->isChecked()) choice.kinds.insert(kind);
    return choice;
}

void SpaceDialog::survey() {
    m_free->setEnabled(false);
    const auto look = [workspace = m_workspace, choice = choice()] {
        return Survey{measure_space(workspace), plan_space(workspace, choice)};
    };
    m_jobs.run(look, [this](const Survey& survey) { showSurvey(survey); });
}

void SpaceDialog::showSurvey(const Survey& survey) {
    const SpaceUse& use = survey.use;
    std::uint64_t artifacts = 0;
    for (const ArtifactUse& one : use.artifacts)
        artifacts += one.artifact.bytes;
    m_use->setText(tr("<b>%1</b> takes <b>%2</b>: artifacts %3, caches %4, folders of runs %5, exports %6, "
                      "database %7.")
                       .arg(QDir::toNativeSeparators(QString::fromStdString(m_workspace.folder().string()))
                                .toHtmlEscaped(),
                            sizeText(use.total()), sizeText(artifacts), sizeText(use.caches),
                            sizeText(use.run_folders), sizeText(use.exports), sizeText(use.database)));
    showArtifacts(use);
    m_plan = survey.plan;
    showPlan();
}

void SpaceDialog::showArtifacts(const SpaceUse& use) {
    m_artifacts->clear();
    for (const ArtifactUse& one : use.artifacts) {
        auto* item = new QTreeWidgetItem(m_artifacts, {QString::fromStdString(one.artifact.id),
                                                       sizeText(one.artifact.bytes), usersText(one.runs)});
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        item->setToolTip(2, usersText(one.runs));
    }
}

void SpaceDialog::showPlan() {
    m_list->clear();
    for (const SpaceItem& item : m_plan.items) {
        auto* row = new QTreeWidgetItem(m_list, {QString::fromStdString(item.name), sizeText(item.bytes)});
        row->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        row->setToolTip(0, kindHelp(item.kind));
    }
    QStringList words;
    words << (m_plan.items.empty() ? tr("There is nothing to free.")
                                   : tr("%1 can be freed.").arg(sizeText(m_plan.bytes())));
    for (const std::string& notice : m_plan.notices)
        words << QString::fromStdString(notice);
    m_state->setText(words.join(QLatin1Char(' ')));
    m_free->setText(m_plan.items.empty() ? tr("&Free") : tr("&Free %1").arg(sizeText(m_plan.bytes())));
    m_free->setEnabled(!m_plan.items.empty());
}

void SpaceDialog::freeChosen() {
    m_free->setEnabled(false);
    m_state->setText(tr("Freeing…"));
    const auto work = [workspace = m_workspace, choice = choice()] {
        const SpacePlan freed = free_space(workspace, choice);
        return std::pair(freed, Survey{measure_space(workspace), plan_space(workspace, choice)});
    };
    m_jobs.run(work, [this](const std::pair<SpacePlan, Survey>& result) {
        showSurvey(result.second);
        QStringList words{tr("%1 freed.").arg(sizeText(result.first.bytes()))};
        for (const std::string& notice : result.first.notices)
            words << QString::fromStdString(notice);
        m_state->setText(words.join(QLatin1Char(' ')));
    });
}

} // namespace retort
