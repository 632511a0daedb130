# What is installed besides the programs, and the Debian package: packaging/deb.sh.
set(retort_doc ${CMAKE_INSTALL_DATADIR}/doc/retort)
install(FILES README.md CHANGELOG.md DESTINATION ${retort_doc})
install(FILES packaging/copyright DESTINATION ${retort_doc})

# install_compressed(file name folder): as Debian's policy wants manual pages and changelogs; without the time, so that
# the same sources give the same package.
find_program(RETORT_GZIP gzip REQUIRED)
function(install_compressed file name folder)
  set(compressed ${PROJECT_BINARY_DIR}/packaging/${name}.gz)
  file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/packaging)
  execute_process(COMMAND ${RETORT_GZIP} -9nc ${PROJECT_SOURCE_DIR}/${file} OUTPUT_FILE ${compressed}
                  COMMAND_ERROR_IS_FATAL ANY)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${file})
  install(FILES ${compressed} DESTINATION ${folder})
endfunction()
install_compressed(packaging/changelog changelog ${retort_doc})
install_compressed(packaging/man/retortctl.1 retortctl.1 ${CMAKE_INSTALL_MANDIR}/man1)
install(DIRECTORY experiments DESTINATION ${CMAKE_INSTALL_DATADIR}/retort
        FILES_MATCHING PATTERN "*.json" PATTERN "corpora" EXCLUDE)
if(RETORT_WINDOW)
  install_compressed(packaging/man/retort.1 retort.1 ${CMAKE_INSTALL_MANDIR}/man1)
  install(FILES packaging/desktop/org.retort.Retort.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
  install(FILES packaging/desktop/org.retort.Retort.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
  install(FILES packaging/desktop/org.retort.Retort.mime.xml RENAME org.retort.Retort.xml
          DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages)
  install(FILES resources/window/retort.svg RENAME org.retort.Retort.svg
          DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
  install(FILES resources/window/retort-symbolic.svg RENAME org.retort.Retort-symbolic.svg
          DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/symbolic/apps)
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME retort)
set(CPACK_PACKAGE_CONTACT "The Retort developers <retort@retort.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "workbench for distilling language models")
set(CPACK_PACKAGE_DESCRIPTION "Trains small language models and modular experts from one multilingual teacher,
with a window and without one, and keeps every number.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# What no linker sees: the group `run` of packaging/dependencies.txt, but for dpkg, which every Debian has.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libopenblas0-openmp, python3")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "qt6-wayland")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "python3-torch")
include(CPack)
