// SPDX-License-Identifier: GPL-3.0-or-later
// SQLite as the store uses it: one connection with the store's settings, statements prepared once, and every
// failure turned into an Error whose sentence names the file.
#pragma once

#include "base/error.h"
#include "store/workspace.h"

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace SQLite {
class Database;
class Statement;
} // namespace SQLite

namespace retort {

/// Somebody else held the database for longer than a connection waits; trying again may succeed.
class BusyError : public Error {
public:
    using Error::Error;
};

/// A value bound to a statement. SQLite stores a bound NaN as NULL; see Row::real and nullable().
using SqlValue = std::variant<std::nullptr_t, std::int64_t, double, std::string_view>;

/// An optional number for a column of type ANY, where NULL means that there is none and NaN is spelled out.
[[nodiscard]] SqlValue nullable(const std::optional<double>& value);

/// A statement that is being read; stands on no row until next() has returned true. Reset at the end of its
/// life, so that no read transaction outlives it.
class Query {
public:
    Query(SQLite::Statement& statement, const std::filesystem::path& file)
        : statement_(statement), file_(file) {}
    ~Query();
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    [[nodiscard]] bool next();
    [[nodiscard]] std::int64_t integer(int column) const;
    /// NULL is NaN.
    [[nodiscard]] double real(int column) const;
    /// The inverse of nullable().
    [[nodiscard]] std::optional<double> optional_real(int column) const;
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] bool is_null(int column) const;

private:
    SQLite::Statement& statement_;
    const std::filesystem::path& file_;
};

/// One thread at a time.
class Connection {
public:
    /// Opens an existing database with the access of the workspace.
    explicit Connection(const Workspace& workspace) : Connection(workspace.database(), workspace.access()) {}
    enum class Missing { refuse, create };
    Connection(std::filesystem::path file, Workspace::Access access, Missing missing = Missing::refuse);
    /// Moves what is in the write-ahead log into the database where nobody is in the way.
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Runs one statement and returns the number of changed rows.
    std::int64_t execute(std::string_view sql, std::initializer_list<SqlValue> values = {});
    [[nodiscard]] Query query(std::string_view sql, std::initializer_list<SqlValue> values = {});
    /// First column of the first row.
    [[nodiscard]] std::optional<std::string> text(std::string_view sql,
                                                  std::initializer_list<SqlValue> values = {});
    [[nodiscard]] std::optional<std::int64_t> integer(std::string_view sql,
                                                      std::initializer_list<SqlValue> values = {});
    /// Key of the row that was inserted last.
    [[nodiscard]] std::int64_t last_key() const;
    /// Runs several statements, which are not kept.
    void script(const std::string& sql);

    [[nodiscard]] const std::filesystem::path& file() const { return file_; }

private:
    SQLite::Statement& bound(std::string_view sql, std::initializer_list<SqlValue> values);

    std::filesystem::path file_;
    Workspace::Access access_;
    std::unique_ptr<SQLite::Database> database_;
    std::map<std::string, std::unique_ptr<SQLite::Statement>, std::less<>> statements_;
};

/// Holds the right to write from its beginning; rolled back unless committed.
class Transaction {
public:
    explicit Transaction(Connection& connection);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

private:
    Connection& connection_;
    bool open_ = true;
};

} // namespace retort
