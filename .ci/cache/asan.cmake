set(CMAKE_C_COMPILER clang CACHE STRING "")
set(CMAKE_CXX_COMPILER clang++ CACHE STRING "")
set(CMAKE_BUILD_TYPE None CACHE STRING "")
set(CMAKE_UNITY_BUILD ON CACHE BOOL "")  # several files at a time: a third of the compile time
set(CMAKE_UNITY_BUILD_BATCH_SIZE 16 CACHE STRING "")
set(flags "-O0 -gline-tables-only -fsanitize=address,undefined -fsanitize-ignorelist=${CMAKE_CURRENT_LIST_DIR}/../ubsan.ignore -fno-sanitize-recover=all -fno-omit-frame-pointer")
set(CMAKE_C_FLAGS "${flags}" CACHE STRING "")
set(CMAKE_CXX_FLAGS "${flags}" CACHE STRING "")
