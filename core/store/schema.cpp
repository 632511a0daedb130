// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/schema.h"

#include <array>
#include <system_error>
#include <unistd.h>

namespace retort {
namespace fs = std::filesystem;
namespace {

// Columns of type REAL hold NULL for NaN, which SQLite cannot store. Columns of type ANY may have no value:
// there NULL means none, and NaN is the text 'NaN'. Seeds and sizes above 2^63 are stored as negative
// numbers.
constexpr const char* version_1 = R"sql(
CREATE TABLE study (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    text TEXT NOT NULL,         -- as the user wrote it
    spec TEXT NOT NULL,         -- as it was understood
    saved TEXT NOT NULL
) STRICT;
CREATE INDEX study_by_name ON study (name, number);

CREATE TABLE run (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,    -- ULID
    study TEXT NOT NULL,
    variant TEXT NOT NULL,
    seed INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    study_number INTEGER REFERENCES study,
    task TEXT NOT NULL,
    status TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    created TEXT NOT NULL,
    spec TEXT NOT NULL,         -- materialised
    spec_hash TEXT NOT NULL,
    criterion TEXT NOT NULL,    -- what the best evaluation minimises
    steps INTEGER NOT NULL DEFAULT 0,
    total_steps INTEGER NOT NULL DEFAULT 0,
    tokens INTEGER NOT NULL DEFAULT 0,
    wall_seconds REAL NOT NULL DEFAULT 0,
    parameters INTEGER NOT NULL DEFAULT 0,
    active_parameters INTEGER NOT NULL DEFAULT 0,
    loss ANY,
    ce ANY,
    kd ANY,
    tokens_per_second ANY,
    best_step INTEGER,
    best_loss ANY,
    model_artifact TEXT NOT NULL DEFAULT '',
    pid INTEGER NOT NULL DEFAULT 0,
    process_started INTEGER NOT NULL DEFAULT 0,
    machine TEXT NOT NULL DEFAULT '',
    heartbeat INTEGER NOT NULL DEFAULT 0, -- milliseconds since 1970
    wish TEXT,                  -- go, pause or stop, until the process that trains has taken it
    deleted INTEGER NOT NULL DEFAULT 0,
    UNIQUE (study, variant, seed, attempt)
) STRICT;
CREATE INDEX run_wish ON run (number) WHERE wish IS NOT NULL;

CREATE TABLE run_domain (       -- the newest evaluation of a run
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    domain TEXT NOT NULL,
    perplexity REAL,
    accuracy REAL,
    PRIMARY KEY (run, domain)
) STRICT, WITHOUT ROWID;

CREATE TABLE session (          -- each start of a run, the first and those after a resume
    number INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    time TEXT NOT NULL,
    resumed_from_step INTEGER NOT NULL,
    total_steps INTEGER NOT NULL,
    tokens_per_step INTEGER NOT NULL,
    parameters INTEGER NOT NULL,
    active_parameters INTEGER NOT NULL,
    device TEXT NOT NULL,
    precision TEXT NOT NULL,
    threads INTEGER NOT NULL,
    vector_level TEXT NOT NULL,
    blas TEXT NOT NULL,
    torch TEXT NOT NULL,
    inexact INTEGER NOT NULL
) STRICT;
CREATE INDEX session_of_run ON session (run);

CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    name TEXT NOT NULL,
    domain TEXT NOT NULL,
    expert TEXT NOT NULL,
    setting TEXT NOT NULL,
    split TEXT NOT NULL,
    UNIQUE (run, name, domain, expert, setting, split)
) STRICT;

CREATE TABLE point (
    series INTEGER NOT NULL REFERENCES series ON DELETE CASCADE,
    step INTEGER NOT NULL,
    value REAL,
    PRIMARY KEY (series, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE clock (
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    step INTEGER NOT NULL,
    tokens INTEGER NOT NULL,
    wall_seconds REAL,
    PRIMARY KEY (run, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE evaluation (       -- sums; ratios are made when they are read
    number INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    step INTEGER NOT NULL,
    domain TEXT NOT NULL,
    expert TEXT NOT NULL,
    setting TEXT NOT NULL,
    split TEXT NOT NULL,
    nll REAL,
    tokens INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    correct INTEGER NOT NULL,
    UNIQUE (run, step, domain, expert, setting, split)
) STRICT;

CREATE TABLE matrix (           -- of a router's confusions, of forgetting
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    kind TEXT NOT NULL,
    step INTEGER NOT NULL,
    row_names TEXT NOT NULL,    -- JSON
    column_names TEXT NOT NULL,
    cells BLOB NOT NULL,        -- row by row, doubles, little endian
    PRIMARY KEY (run, kind, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoint (
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    step INTEGER NOT NULL,
    folder TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    best INTEGER NOT NULL,
    PRIMARY KEY (run, folder, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE log (
    number INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    time TEXT NOT NULL,
    level TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX log_of_run ON log (run);

CREATE TABLE artifact (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    recipe TEXT NOT NULL,       -- JSON that the id is the hash of
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    created TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE queue (
    position INTEGER PRIMARY KEY,
    study TEXT NOT NULL,
    variant TEXT NOT NULL,
    seed INTEGER NOT NULL,
    spec TEXT NOT NULL
) STRICT;
)sql";

// No version 1 ever wrote a matrix.
constexpr const char* version_2 = R"sql(
DROP TABLE matrix;
CREATE TABLE matrix (           -- counts of a router's decisions
    number INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    kind TEXT NOT NULL,
    classifier TEXT NOT NULL,
    split TEXT NOT NULL,
    fold INTEGER NOT NULL,
    length INTEGER NOT NULL,    -- tokens of each input, 0: whole articles
    step INTEGER NOT NULL,
    row_names TEXT NOT NULL,    -- JSON
    column_names TEXT NOT NULL,
    counts TEXT NOT NULL,       -- JSON, row by row
    forced TEXT NOT NULL,       -- the same without abstention
    reliability TEXT NOT NULL,  -- JSON: [count, sum of confidence, correct] of each bin
    log_loss REAL,
    unknown_auroc REAL,
    risk_area REAL,
    seconds_per_decision REAL,
    UNIQUE (run, kind, classifier, split, fold, length, step)
) STRICT;

CREATE TABLE matrix_example (   -- texts of a cell
    matrix INTEGER NOT NULL REFERENCES matrix ON DELETE CASCADE,
    cell_row INTEGER NOT NULL,
    cell_column INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    document TEXT NOT NULL,
    first_token INTEGER NOT NULL,
    tokens INTEGER NOT NULL,
    probabilities TEXT NOT NULL, -- JSON
    pieces TEXT NOT NULL,        -- JSON: the text of each token
    evidence TEXT NOT NULL,      -- JSON: [first, length, weight] of each feature
    PRIMARY KEY (matrix, cell_row, cell_column, ordinal)
) STRICT, WITHOUT ROWID;
)sql";

constexpr const char* version_3 = R"sql(
CREATE TABLE sample (           -- what the model wrote at an evaluation
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    step INTEGER NOT NULL,
    domain TEXT NOT NULL,
    prompt TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (run, step, domain)
) STRICT, WITHOUT ROWID;

ALTER TABLE run ADD COLUMN starred INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN tags TEXT NOT NULL DEFAULT '[]'; -- JSON
ALTER TABLE run ADD COLUMN note TEXT NOT NULL DEFAULT '';
)sql";

constexpr const char* version_4 = R"sql(
ALTER TABLE run ADD COLUMN name TEXT NOT NULL DEFAULT ''; -- shown in the place of study/variant/seed
CREATE INDEX run_live ON run (status) WHERE status IN ('running', 'paused');
)sql";

constexpr std::array steps = {version_1, version_2, version_3, version_4};

std::int64_t version_of(Connection& connection) {
    return connection.integer("PRAGMA user_version").value_or(0);
}

bool is_empty(Connection& connection) {
    return connection.integer("SELECT count(*) FROM sqlite_schema") == 0;
}

void keep_copy(Connection& connection, std::int64_t version) {
    const fs::path copy = connection.file().string() + ".version-" + std::to_string(version) + ".backup";
    const fs::path temporary = copy.string() + "." + std::to_string(::getpid()) + ".tmp";
    std::error_code failed;
    fs::remove(temporary, failed);
    connection.execute("VACUUM INTO ?", {temporary.string()});
    fs::rename(temporary, copy, failed);
    if (failed)
        throw Error(ErrorKind::workspace, "Cannot write " + copy.string() + ": " + failed.message() +
                                              "; free space or change its permissions.");
}

} // namespace

std::span<const char* const> schema_steps() {
    return steps;
}

void check_version(Connection& connection, std::int64_t newest) {
    const std::string file = connection.file().string();
    const std::int64_t owner = connection.integer("PRAGMA application_id").value_or(0);
    if (owner != application_id && !(owner == 0 && is_empty(connection)))
        throw Error(ErrorKind::workspace,
                    file + " belongs to another program; choose another folder as the workspace.");
    const std::int64_t version = version_of(connection);
    if (version > newest)
        throw Error(ErrorKind::workspace, file + " was made by a newer Retort (version " +
                                              std::to_string(version) + " of the tables, this one knows " +
                                              std::to_string(newest) +
                                              "); update Retort or choose another workspace.");
}

void migrate_schema(Connection& connection, std::span<const char* const> steps_to_take) {
    const auto newest = static_cast<std::int64_t>(steps_to_take.size());
    const std::int64_t before = version_of(connection);
    if (before >= newest) return;
    if (before > 0) keep_copy(connection, before);
    Transaction transaction(connection);
    // Another process may have migrated since; the version counts only now that we hold the right to write.
    for (std::int64_t version = version_of(connection); version < newest; ++version)
        connection.script(steps_to_take[static_cast<std::size_t>(version)]);
    connection.script("PRAGMA user_version = " + std::to_string(newest));
    connection.script("PRAGMA application_id = " + std::to_string(application_id));
    transaction.commit();
}

} // namespace retort
