set(CMAKE_C_COMPILER gcc CACHE STRING "")
set(CMAKE_CXX_COMPILER g++ CACHE STRING "")
set(CMAKE_BUILD_TYPE Release CACHE STRING "")
set(CMAKE_UNITY_BUILD ON CACHE BOOL "")  # several files at a time: a third of the compile time
set(CMAKE_UNITY_BUILD_BATCH_SIZE 12 CACHE STRING "")
# A file that is compiled with others looks included to GCC, which then minds anonymous types in it.
set(CMAKE_CXX_FLAGS "-Wno-subobject-linkage" CACHE STRING "")
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG" CACHE STRING "")
