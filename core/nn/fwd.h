// SPDX-License-Identifier: GPL-3.0-or-later
// Names of the torch room that headers without torch may hold by pointer or reference.
#pragma once

namespace retort {
class Gpt2;
class ShareTeam;
class TeacherPass;
class Trainee;
struct Batch;
struct BatchShare;
} // namespace retort
