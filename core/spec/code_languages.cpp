// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec/code_languages.h"

#include <algorithm>
#include <array>
#include <utility>

namespace retort {
namespace {

using namespace std::string_view_literals;
using Language = std::pair<std::string_view, std::string_view>; ///< extension, domain

constexpr auto by_extension =
    std::to_array<Language>({{"ada"sv, "ada"sv},        {"adb"sv, "ada"sv},     {"ads"sv, "ada"sv},
                             {"bash"sv, "sh"sv},        {"c"sv, "c"sv},         {"cc"sv, "cpp"sv},
                             {"cl"sv, "lisp"sv},        {"clj"sv, "clojure"sv}, {"cpp"sv, "cpp"sv},
                             {"cs"sv, "csharp"sv},      {"css"sv, "css"sv},     {"cu"sv, "cuda"sv},
                             {"cxx"sv, "cpp"sv},        {"d"sv, "d"sv},         {"dart"sv, "dart"sv},
                             {"el"sv, "lisp"sv},        {"erl"sv, "erlang"sv},  {"ex"sv, "elixir"sv},
                             {"exs"sv, "elixir"sv},     {"f"sv, "fortran"sv},   {"f90"sv, "fortran"sv},
                             {"go"sv, "go"sv},          {"h"sv, "c"sv},         {"hh"sv, "cpp"sv},
                             {"hpp"sv, "cpp"sv},        {"hs"sv, "haskell"sv},  {"html"sv, "html"sv},
                             {"hxx"sv, "cpp"sv},        {"java"sv, "java"sv},   {"jl"sv, "julia"sv},
                             {"js"sv, "javascript"sv},  {"kt"sv, "kotlin"sv},   {"lisp"sv, "lisp"sv},
                             {"lua"sv, "lua"sv},        {"ml"sv, "ocaml"sv},    {"mli"sv, "ocaml"sv},
                             {"mjs"sv, "javascript"sv}, {"pas"sv, "pascal"sv},  {"php"sv, "php"sv},
                             {"pl"sv, "perl"sv},        {"pm"sv, "perl"sv},     {"py"sv, "py"sv},
                             {"pyi"sv, "py"sv},         {"r"sv, "r"sv},         {"R"sv, "r"sv},
                             {"rb"sv, "ruby"sv},        {"rs"sv, "rust"sv},     {"scala"sv, "scala"sv},
                             {"scm"sv, "scheme"sv},     {"sh"sv, "sh"sv},       {"sql"sv, "sql"sv},
                             {"swift"sv, "swift"sv},    {"tcl"sv, "tcl"sv},     {"ts"sv, "typescript"sv},
                             {"tsx"sv, "typescript"sv}, {"v"sv, "verilog"sv},   {"vhd"sv, "vhdl"sv},
                             {"zig"sv, "zig"sv}});

constexpr std::array other_names = {"code"sv, "fortran90"sv, "js"sv, "python"sv, "rs"sv, "rb"sv, "c++"sv};

} // namespace

std::optional<std::string_view> code_language_of(std::string_view extension) {
    const auto found = std::ranges::find(by_extension, extension, &Language::first);
    if (found == by_extension.end()) return std::nullopt;
    return found->second;
}

bool is_code_language(std::string_view domain) {
    return std::ranges::any_of(by_extension, [&](const Language& row) { return row.second == domain; }) ||
           std::ranges::find(other_names, domain) != other_names.end();
}

} // namespace retort
