// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/connection.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <cmath>
#include <limits>
#include <sqlite3.h>
#include <unistd.h>

namespace retort {
namespace fs = std::filesystem;
namespace {

constexpr int busy_timeout_ms = 5000;

[[noreturn]] void throw_error(const SQLite::Exception& failure, const fs::path& file) {
    const std::string name = file.string(), reason = failure.what();
    switch (failure.getErrorCode()) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        throw BusyError(ErrorKind::workspace,
                        name + " is held by another program for more than five seconds; try again.");
    case SQLITE_FULL:
        throw Error(ErrorKind::workspace,
                    "Cannot write " + name + ", because the disk is full; free some space.");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        throw Error(ErrorKind::workspace, name + " is damaged or no database (" + reason +
                                              "); put a copy in its place, move it away, or save what can be "
                                              "read with `sqlite3 FILE .recover`.");
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
    case SQLITE_AUTH:
        throw Error(ErrorKind::workspace,
                    "Cannot open " + name + " for this use (" + reason +
                        "); choose a workspace that you may read and write, or change its permissions.");
    case SQLITE_IOERR:
    case SQLITE_PROTOCOL:
        throw Error(ErrorKind::workspace,
                    "Cannot read or write " + name + " (" + reason + "); check the disk and its free space.");
    default:
        throw Error(ErrorKind::internal, "The store met what it does not know in " + name + " (" + reason +
                                             "); please report it.");
    }
}

template <class Function>
decltype(auto) translated(const fs::path& file, Function&& function) {
    try {
        return function();
    } catch (const SQLite::Exception& failure) {
        throw_error(failure, file);
    }
}

void bind(SQLite::Statement& statement, int index, const SqlValue& value) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) return statement.bind(index, *integer);
    if (const auto* real = std::get_if<double>(&value)) return statement.bind(index, *real);
    if (const auto* text = std::get_if<std::string_view>(&value))
        return statement.bind(index, std::string(*text));
    statement.bind(index);
}

std::string percent_encoded(const std::string& path) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : path) {
        if (std::string_view("%?# ").find(c) == std::string_view::npos) {
            encoded += c;
            continue;
        }
        encoded += '%';
        encoded += digits[static_cast<unsigned char>(c) >> 4];
        encoded += digits[static_cast<unsigned char>(c) & 15];
    }
    return encoded;
}

/// Where not even a shared-memory file can be made, a database that nobody writes can still be read.
bool is_frozen(const fs::path& file) {
    std::error_code none;
    const auto log = fs::file_size(file.string() + "-wal", none);
    return ::access(file.parent_path().c_str(), W_OK) != 0 && (none || log == 0);
}

std::unique_ptr<SQLite::Database> open(const fs::path& file, Workspace::Access access, int create) {
    if (access == Workspace::Access::read_write)
        return std::make_unique<SQLite::Database>(file.string(), SQLite::OPEN_READWRITE | create,
                                                  busy_timeout_ms);
    if (is_frozen(file))
        return std::make_unique<SQLite::Database>("file:" + percent_encoded(file.string()) + "?immutable=1",
                                                  SQLite::OPEN_READONLY | SQLite::OPEN_URI);
    return std::make_unique<SQLite::Database>(file.string(), SQLite::OPEN_READONLY, busy_timeout_ms);
}

} // namespace

SqlValue nullable(const std::optional<double>& value) {
    if (!value) return nullptr;
    if (std::isnan(*value)) return "NaN";
    return *value;
}

Query::~Query() {
    statement_.tryReset();
}

bool Query::next() {
    return translated(file_, [&] { return statement_.executeStep(); });
}

std::int64_t Query::integer(int column) const {
    return statement_.getColumn(column).getInt64();
}

double Query::real(int column) const {
    if (is_null(column)) return std::numeric_limits<double>::quiet_NaN();
    return statement_.getColumn(column).getDouble();
}

std::optional<double> Query::optional_real(int column) const {
    if (is_null(column)) return {};
    if (statement_.getColumn(column).isText()) return std::numeric_limits<double>::quiet_NaN();
    return statement_.getColumn(column).getDouble();
}

std::string Query::text(int column) const {
    return statement_.getColumn(column).getString();
}

bool Query::is_null(int column) const {
    return statement_.isColumnNull(column);
}

Connection::Connection(fs::path file, Workspace::Access access, Missing missing)
    : file_(std::move(file)), access_(access) {
    translated(file_, [&] {
        database_ = open(file_, access_, missing == Missing::create ? SQLite::OPEN_CREATE : 0);
        database_->exec("PRAGMA foreign_keys = ON");
    });
    // NORMAL loses nothing but the newest transactions when the power fails, and that only with a WAL.
    const bool has_log = text("PRAGMA journal_mode") == "wal";
    script(has_log ? "PRAGMA synchronous = NORMAL" : "PRAGMA synchronous = FULL");
}

Connection::~Connection() {
    statements_.clear();
    if (access_ == Workspace::Access::read_only) return;
    sqlite3_busy_timeout(database_->getHandle(), 0); // closing does not wait for readers
    database_->tryExec("PRAGMA wal_checkpoint(TRUNCATE)");
}

SQLite::Statement& Connection::bound(std::string_view sql, std::initializer_list<SqlValue> values) {
    auto found = statements_.find(sql);
    if (found == statements_.end()) {
        auto statement = std::make_unique<SQLite::Statement>(*database_, std::string(sql));
        found = statements_.emplace(sql, std::move(statement)).first;
    }
    SQLite::Statement& statement = *found->second;
    statement.tryReset();
    int index = 0;
    for (const SqlValue& value : values)
        bind(statement, ++index, value);
    return statement;
}

std::int64_t Connection::execute(std::string_view sql, std::initializer_list<SqlValue> values) {
    return translated(file_, [&] {
        SQLite::Statement& statement = bound(sql, values);
        const Query reset_at_the_end(statement, file_);
        return std::int64_t{statement.exec()};
    });
}

Query Connection::query(std::string_view sql, std::initializer_list<SqlValue> values) {
    return translated(file_, [&] { return Query(bound(sql, values), file_); });
}

std::optional<std::string> Connection::text(std::string_view sql, std::initializer_list<SqlValue> values) {
    Query rows = query(sql, values);
    return rows.next() ? std::optional(rows.text(0)) : std::nullopt;
}

std::optional<std::int64_t> Connection::integer(std::string_view sql,
                                                std::initializer_list<SqlValue> values) {
    Query rows = query(sql, values);
    return rows.next() && !rows.is_null(0) ? std::optional(rows.integer(0)) : std::nullopt;
}

std::int64_t Connection::last_key() const {
    return database_->getLastInsertRowid();
}

void Connection::script(const std::string& sql) {
    translated(file_, [&] { database_->exec(sql); });
}

Transaction::Transaction(Connection& connection) : connection_(connection) {
    connection_.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
    if (!open_) return;
    try {
        connection_.execute("ROLLBACK");
    } catch (const Error&) { // SQLite has rolled back already, as it does when the disk is full
    }
}

void Transaction::commit() {
    connection_.execute("COMMIT");
    open_ = false;
}

} // namespace retort
