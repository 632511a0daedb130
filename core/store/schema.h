// SPDX-License-Identifier: GPL-3.0-or-later
// The tables, and the way from each older version of them to today's.
#pragma once

#include "store/connection.h"

#include <span>

namespace retort {

/// "Reto"; tells a workspace's database from anybody else's.
inline constexpr std::int64_t application_id = 0x5265746F;

/// Statements that turn version v into v + 1 at index v; version 0 is an empty file. A step that has been
/// released is never changed.
[[nodiscard]] std::span<const char* const> schema_steps();

/// Throws Error{workspace} when the database is not Retort's or was made by a newer Retort. Changes nothing.
void check_version(Connection& connection, std::int64_t newest);

/// Brings the database to the version that `steps` end at, all of them or none. What is not new is copied
/// first, to `<file>.version-<v>.backup`.
void migrate_schema(Connection& connection, std::span<const char* const> steps);

} // namespace retort
