set(CMAKE_C_COMPILER gcc CACHE STRING "")
set(CMAKE_CXX_COMPILER g++ CACHE STRING "")
set(CMAKE_BUILD_TYPE None CACHE STRING "")
set(CMAKE_UNITY_BUILD ON CACHE BOOL "")  # several files at a time: a third of the compile time
set(CMAKE_UNITY_BUILD_BATCH_SIZE 16 CACHE STRING "")
# A file that is compiled with others looks included to GCC, which then minds anonymous types in it.
set(flags "-O0 -g1 -fsanitize=thread -fno-omit-frame-pointer -Wno-subobject-linkage")
set(CMAKE_C_FLAGS "${flags}" CACHE STRING "")
set(CMAKE_CXX_FLAGS "${flags}" CACHE STRING "")
