// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace retort {

/// Once, as the first thing in main() of every program that trains: allocator thresholds that keep large
/// temporaries mapped, the widest vector kernels the processor has, and one thread pool where LibTorch and
/// its BLAS would fight. May start the program again with the environment it needs; `argv` is main's.
void set_up_process(char** argv);

/// Physical cores that this process may use; at least 1.
[[nodiscard]] int physical_cores();

} // namespace retort
