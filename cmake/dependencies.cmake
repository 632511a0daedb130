# Every dependency, with what it is for. Names in packaging/dependencies.txt are Debian's.
find_package(nlohmann_json 3.11 REQUIRED)  # study files, checkpoints' state
find_package(OpenSSL REQUIRED COMPONENTS Crypto)  # SHA-256
find_package(SQLiteCpp REQUIRED)  # the store
find_package(SQLite3 REQUIRED)
find_package(Torch REQUIRED)  # training
find_package(CLI11 REQUIRED)  # retortctl
find_package(fmt REQUIRED)  # numbers as text
find_package(OpenMP REQUIRED COMPONENTS CXX)  # row kernels
find_package(ICU REQUIRED COMPONENTS uc)  # letters and digits of a tokenizer of the GPT-2 kind
find_package(PkgConfig REQUIRED)
find_package(ZLIB REQUIRED)  # compressed files of an import
pkg_check_modules(Zstd REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(XxHash REQUIRED IMPORTED_TARGET libxxhash)  # what documents are compared by
pkg_check_modules(SentencePiece REQUIRED IMPORTED_TARGET sentencepiece)  # tokenizer

if(RETORT_WINDOW)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Core Widgets PrintSupport Svg)
  find_package(QCustomPlotQt6 REQUIRED)  # plots; needs PrintSupport found first
endif()
if(RETORT_TESTS)
  find_package(Qt6 6.4 QUIET COMPONENTS Core Test)
  if(NOT Qt6Test_FOUND AND RETORT_WINDOW)
    message(FATAL_ERROR "The tests need Qt Test (qt6-base-dev); -DRETORT_TESTS=OFF builds without them")
  elseif(NOT Qt6Test_FOUND)
    message(STATUS "No tests: they need Qt Test (qt6-base-dev)")
    set(RETORT_TESTS OFF)
  endif()
endif()
