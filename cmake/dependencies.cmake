# Every dependency, with what it is for. Names in packaging/dependencies.txt are Debian's.
find_package(nlohmann_json 3.11 REQUIRED)  # study files, checkpoints' state
find_package(OpenSSL REQUIRED COMPONENTS Crypto)  # SHA-256
find_package(SQLiteCpp REQUIRED)  # the store
find_package(SQLite3 REQUIRED)
find_package(Torch REQUIRED)  # training
find_package(CLI11 REQUIRED)  # retortctl
find_package(fmt REQUIRED)  # numbers as text
find_package(OpenMP REQUIRED COMPONENTS CXX)  # row kernels
find_package(PkgConfig REQUIRED)
pkg_check_modules(SentencePiece REQUIRED IMPORTED_TARGET sentencepiece)  # tokenizer

if(RETORT_TESTS OR RETORT_WINDOW)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Core Test)
endif()
if(RETORT_WINDOW)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Widgets PrintSupport Svg)
  find_package(QCustomPlotQt6 REQUIRED)  # plots; needs PrintSupport found first
endif()
