// SPDX-License-Identifier: GPL-3.0-or-later
// retort [WORKSPACE] [--study FILE] [--start]: the window. retort --render REQUEST --out DIR: drawings alone.
#include "app/engine_runs.h"
#include "app/main_window.h"
#include "app/quit_signals.h"
#include "app/study_files.h"
#include "base/error.h"
#include "engine/process_setup.h"
#include "widgets/print/render.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QIcon>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <string_view>

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(retort::CommandLine)
};

struct Request {
    QString workspace; ///< empty: the last one, or the user's own
    QString study;
    bool start = false;
    QString render; ///< empty: the window is wanted
    QString out;
};

void nameProgram() {
    QCoreApplication::setApplicationName(QStringLiteral("retort"));
    QCoreApplication::setApplicationVersion(QStringLiteral(RETORT_VERSION));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Retort"));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.retort.Retort"));
}

[[noreturn]] void refuse(const QString& sentence) {
    std::fprintf(stderr, "retort: %s\n", qPrintable(sentence));
    std::exit(static_cast<int>(retort::ErrorKind::usage));
}

/// Ends the program for --help, --version and bad usage. Requires an application.
Request readCommandLine() {
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Text::tr("Workbench for distilling a multilingual teacher into small language models."));
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    const QCommandLineOption study(QStringLiteral("study"), Text::tr("Open this study file."),
                                   QStringLiteral("FILE"));
    const QCommandLineOption start(QStringLiteral("start"), Text::tr("Begin the study of --study at once."));
    const QCommandLineOption render(QStringLiteral("render"),
                                    Text::tr("Draw what retortctl asks for, without a window."),
                                    QStringLiteral("REQUEST"));
    const QCommandLineOption out(QStringLiteral("out"), Text::tr("Folder for the drawings of --render."),
                                 QStringLiteral("DIR"));
    parser.addOptions({study, start, render, out});
    parser.addPositionalArgument(QStringLiteral("WORKSPACE"), Text::tr("Folder where runs are kept."),
                                 QStringLiteral("[WORKSPACE|FILE]"));
    if (!parser.parse(QCoreApplication::arguments())) refuse(parser.errorText());
    if (parser.isSet(version)) parser.showVersion();
    if (parser.isSet(help)) parser.showHelp();
    QStringList places = parser.positionalArguments();
    QString file = parser.value(study);
    // As a file manager opens a study.
    if (file.isEmpty() && places.size() == 1 && QFileInfo(places.front()).isFile()) file = places.takeFirst();
    if (places.size() > 1) refuse(Text::tr("Give one workspace at most."));
    if (parser.isSet(start) && file.isEmpty()) refuse(Text::tr("--start needs --study FILE."));
    if (parser.isSet(render) != parser.isSet(out)) refuse(Text::tr("--render and --out go together."));
    return {places.value(0), file, parser.isSet(start), parser.value(render), parser.value(out)};
}

bool asksFor(int argc, char** argv, const std::set<std::string_view>& options) {
    return std::any_of(argv + 1, argv + argc,
                       [&](const char* argument) { return options.contains(argument); });
}

int renderFiles(const Request& request) {
    const QString problem = retort::render(request.render, request.out);
    if (problem.isEmpty()) return 0;
    std::fprintf(stderr, "retort: %s\n", qPrintable(problem));
    return static_cast<int>(retort::ErrorKind::data);
}

QString workspaceOf(const Request& request, const retort::Settings& settings) {
    if (!request.workspace.isEmpty()) return request.workspace;
    const QString own = QString::fromStdString(retort::Workspace::default_folder().string());
    return settings.recentWorkspaces().value(0, own);
}

} // namespace

int main(int argc, char** argv) {
    const bool isDrawing = asksFor(argc, argv, {"--render"});
    if (!isDrawing) retort::set_up_process(argv); // for training
    nameProgram();
    if (asksFor(argc, argv, {"-h", "--help", "--help-all", "-v", "--version"})) {
        const QCoreApplication console(argc, argv);
        readCommandLine();
    }
    if (isDrawing) qputenv("QT_QPA_PLATFORM", "offscreen"); // needs no display
    QGuiApplication::setHighDpiScaleFactorRoundingPolicy(Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
    const QApplication program(argc, argv);
    const Request request = readCommandLine();
    if (!request.render.isEmpty()) return renderFiles(request);
    retort::initWindowResources();
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/retort/icons/retort.svg")));
    const auto settings = std::make_shared<retort::Settings>();
    retort::applyTheme(settings->theme());
    retort::MainWindow window({retort::engineRuns(), settings, retort::Session(), retort::readyStudyFolders(),
                               retort::engineModels()});
    const retort::QuitSignals quitSignals;
    QObject::connect(&quitSignals, &retort::QuitSignals::asked, &window, &retort::MainWindow::quit);
    window.show();
    window.openWorkspace(workspaceOf(request, *settings));
    if (request.start)
        window.startStudy(request.study);
    else if (!request.study.isEmpty())
        window.openStudy(request.study);
    return QApplication::exec();
}
