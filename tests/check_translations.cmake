# Fails where the window says words that no translator gets to see: a literal with a letter in it, given to a widget
# without tr(). What markup and places such as %1 are made of is no word.
# Run: cmake -DROOT=<source folder> -P check_translations.cmake

set(calls "setText|setToolTip|setStatusTip|setWindowTitle|setPlaceholderText|setAccessibleName|setAccessibleDescription")
string(APPEND calls "|setWhatsThis|setTitle|setInformativeText|setSpecialValueText|setSuffix|setPrefix|setLabelText")
string(APPEND calls "|new QLabel|new QPushButton|new QCheckBox|new QRadioButton|new QGroupBox|new QToolButton|new QAction")
set(untranslated "(${calls})\\((QStringLiteral\\(|QLatin1String\\(|QString\\()?\"([^\"\\\\]|\\\\.)*\"")

file(GLOB_RECURSE sources RELATIVE ${ROOT} ${ROOT}/widgets/*.h ${ROOT}/widgets/*.cpp ${ROOT}/app/*.h ${ROOT}/app/*.cpp)
list(LENGTH sources count)
if(count EQUAL 0)
  message(FATAL_ERROR "No sources below ${ROOT}")
endif()

set(faults "")
foreach(file IN LISTS sources)
  file(READ ${ROOT}/${file} text)
  string(REPLACE ";" "," text "${text}") # which CMake would take for the end of an element
  string(REGEX MATCHALL "${untranslated}" found "${text}")
  foreach(match IN LISTS found)
    string(FIND "${match}" "\"" quote)
    string(SUBSTRING "${match}" ${quote} -1 words)
    string(REGEX REPLACE "<[^>]*>|&[a-z]+,|%[0-9L]+|\\\\." "" words "${words}")
    if(words MATCHES "[A-Za-z][A-Za-z]")
      list(APPEND faults "${file}: ${match})")
    endif()
  endforeach()
endforeach()

if(faults)
  list(JOIN faults "\n  " text)
  message(FATAL_ERROR "Words without tr():\n  ${text}")
endif()
message(STATUS "${count} files, every word can be translated")
