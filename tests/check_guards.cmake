# Proves that check_arrows.cmake, check_sizes.cmake and check_translations.cmake can fail: each rule is broken once in a small tree of its
# own, and the sentence that names the fault is expected.
# Run: cmake -DROOT=<source folder> -DWORK=<scratch folder> -P check_guards.cmake

# run(guard sentence): runs a guard over WORK/tree; an empty sentence expects success, any other its failure.
function(run guard sentence)
  execute_process(COMMAND ${CMAKE_COMMAND} -DROOT=${WORK}/tree -P ${ROOT}/tests/${guard}
                  RESULT_VARIABLE status OUTPUT_VARIABLE said ERROR_VARIABLE said)
  string(REGEX REPLACE "[ \n]+" " " said "${said}")
  string(FIND "${said}" "${sentence}" place)
  if(sentence STREQUAL "" AND NOT status EQUAL 0)
    message(SEND_ERROR "${guard} refuses a good tree: ${said}")
  elseif(NOT sentence STREQUAL "" AND (status EQUAL 0 OR place EQUAL -1))
    message(SEND_ERROR "${guard} should have said \"${sentence}\", but said: ${said}")
  endif()
endfunction()

# A tree with one header in each folder, including what it may.
function(make_good_tree)
  file(REMOVE_RECURSE ${WORK}/tree)
  foreach(folder base spec analysis data nn engine interchange store)
    file(WRITE ${WORK}/tree/core/${folder}/${folder}.h "#include <vector>\n")
  endforeach()
  file(WRITE ${WORK}/tree/core/nn/gpt2.cpp "#include <torch/torch.h>\n#include \"spec/spec.h\"\n")
  file(WRITE ${WORK}/tree/core/engine/train.cpp "#include <torch/torch.h>\n#include \"nn/nn.h\"\n")
  file(WRITE ${WORK}/tree/core/store/database.cpp "#include <SQLiteCpp/SQLiteCpp.h>\n#include \"store.h\"\n")
  file(WRITE ${WORK}/tree/widgets/widgets.h "#include <QWidget>\n#include \"analysis/analysis.h\"\n")
  file(WRITE ${WORK}/tree/app/app.cpp "#include <QApplication>\n#include \"engine/engine.h\"\n#include \"widgets/widgets.h\"\n")
endfunction()

# forbid(file line sentence): the good tree with one more file must be refused.
function(forbid file line sentence)
  make_good_tree()
  file(WRITE ${WORK}/tree/${file} "${line}\n")
  run(check_arrows.cmake "${sentence}")
endfunction()

function(forbid_arrow folder other)
  if(folder STREQUAL "widgets" OR folder STREQUAL "app")
    set(place ${folder})
  else()
    set(place core/${folder})
  endif()
  set(header ${other}/${other}.h)
  if(other STREQUAL "app")
    set(header app/app.cpp)
  endif()
  forbid(${place}/wrong.cpp "#include \"${header}\"" "${folder} must not include ${header}")
endfunction()

make_good_tree()
run(check_arrows.cmake "")
run(check_sizes.cmake "")

# Folders of ours
set(arrows
    base:spec spec:base spec:analysis spec:data spec:store analysis:base analysis:data analysis:store analysis:engine
    data:store data:analysis data:nn data:engine nn:data nn:engine nn:store engine:store engine:widgets
    interchange:analysis interchange:store store:interchange store:engine store:data store:nn widgets:base widgets:data widgets:engine widgets:store widgets:nn widgets:app
    spec:widgets engine:app app:nn)
foreach(arrow IN LISTS arrows)
  string(REPLACE ":" ";" ends ${arrow})
  list(GET ends 0 folder)
  list(GET ends 1 other)
  forbid_arrow(${folder} ${other})
endforeach()
forbid(core/data/wrong.cpp "#include \"../store/store.h\"" "data must not include ../store/store.h")
forbid(core/data/wrong.cpp "  #  include \"store/store.h\"" "data must not include store/store.h")
forbid(core/magic/wrong.h "#include <vector>" "the folder magic has no arrows")

# Libraries
foreach(header torch/torch.h ATen/ATen.h c10/util/Exception.h)
  forbid(core/data/wrong.cpp "#include <${header}>" "torch (${header}) belongs into nn engine")
  forbid(widgets/wrong.cpp "#include <${header}>" "torch (${header}) belongs into nn engine")
endforeach()
forbid(core/engine/wrong.h "#include <torch/torch.h>" "headers of the engine are free of torch")
forbid(app/wrong.cpp "#include <QObject>\n#include <torch/torch.h>" "torch and Qt must not meet in one translation unit")
foreach(header QString QtCore/QString qcustomplot.h)
  forbid(core/store/wrong.cpp "#include <${header}>" "qt (${header}) belongs into widgets app")
endforeach()
foreach(header sqlite3.h SQLiteCpp/Database.h)
  forbid(app/wrong.cpp "#include <${header}>" "sqlite (${header}) belongs into store")
endforeach()

# Sizes
make_good_tree()
string(REPEAT "int a;\n" 400 text)
file(WRITE ${WORK}/tree/core/base/long.cpp "${text}")
run(check_sizes.cmake "")
file(APPEND ${WORK}/tree/core/base/long.cpp "int b;\n")
run(check_sizes.cmake "core/base/long.cpp: 401 lines")

# Translations
make_good_tree()
file(WRITE ${WORK}/tree/widgets/page.cpp "label->setText(tr(\"Words\"));\nlabel->setText(QStringLiteral(\"<b>%1</b> &middot; %2\").arg(a, b));\n")
run(check_translations.cmake "")
foreach(call [[setToolTip("Some words")]] [[setText(QStringLiteral("%1 words").arg(a))]] [[new QLabel("<b>Words</b>")]]
        [[setWindowTitle(QLatin1String("Words; and more"))]])
  make_good_tree()
  file(WRITE ${WORK}/tree/app/page.cpp "label->${call};\n")
  run(check_translations.cmake "app/page.cpp: ")
endforeach()

# A tree without sources is no proof of anything
file(REMOVE_RECURSE ${WORK}/tree)
foreach(guard check_arrows.cmake check_sizes.cmake check_translations.cmake)
  run(${guard} "No sources below")
endforeach()
