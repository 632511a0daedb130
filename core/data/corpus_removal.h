// SPDX-License-Identifier: GPL-3.0-or-later
// Taking corpora away, with a way back. What was removed lies in `.removed` of the corpora's folder until
// somebody forgets it; no list of corpora has it, and a new corpus may take its name.
#pragma once

#include <string>

namespace retort {

/// Also of a damaged corpus. What was removed before under this name is gone for good. Throws Error{data}
/// when there is none, Error{workspace} when it cannot be moved.
void remove_corpus(const std::string& name);

/// Deletes the corpus and leaves what was removed before as it is. After a crash it is gone or whole. Throws
/// as remove_corpus() does.
void delete_corpus(const std::string& name);

/// Brings back what remove_corpus() took last under this name. Throws Error{data} when it is no longer there
/// or a corpus of that name is.
void restore_corpus(const std::string& name);

/// Deletes the files of all that was removed.
void forget_removed_corpora() noexcept;

} // namespace retort
