# How every target of Retort is compiled.
add_library(retort_options INTERFACE)
target_include_directories(retort_options INTERFACE ${PROJECT_SOURCE_DIR}/core ${PROJECT_SOURCE_DIR})
target_compile_options(retort_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion)
if(RETORT_WERROR)
  target_compile_options(retort_options INTERFACE -Werror)
endif()
if(RETORT_SANITIZE)
  target_compile_options(retort_options INTERFACE -fsanitize=${RETORT_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(retort_options INTERFACE -fsanitize=${RETORT_SANITIZE})
endif()

find_program(RETORT_CCACHE ccache)
if(RETORT_CCACHE)
  # Without the sloppiness it passes by what is compiled with a precompiled header. With the two others, clones of
  # the project share what was compiled: their paths are taken relative to the source folder.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros
      CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${RETORT_CCACHE})
endif()

# Programs lie side by side, as when installed: retortctl runs the retort beside it to draw.
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)

# Torch translation units take a gigabyte each.
set_property(GLOBAL APPEND PROPERTY JOB_POOLS torch=2)

# retort_library(name source...): a static library with the project's options.
function(retort_library name)
  add_library(${name} STATIC ${ARGN})
  target_link_libraries(${name} PUBLIC retort_options)
endfunction()
