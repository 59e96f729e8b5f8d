# The rooms, kept: who may include what, which files are edges, and what the top level holds. cmake -DROOT=... -P tests/arrows.cmake
# forbid(PATTERNS INCLUDES REASON [EXCEPT regex]): no file that matches a pattern includes what matches the regex.
function(forbid patterns includes reason)
  cmake_parse_arguments(only "" "EXCEPT" "" ${ARGN})
  if(NOT only_EXCEPT)
    set(only_EXCEPT "^build/")
  endif()
  file(GLOB_RECURSE files RELATIVE ${ROOT} ${patterns})
  foreach(file IN LISTS files)
    if(NOT file MATCHES "\\.(h|cpp|c)$" OR file MATCHES "${only_EXCEPT}")
      continue()
    endif()
    file(STRINGS ${ROOT}/${file} lines REGEX "^[ \t]*#[ \t]*include[ \t]*[<\"](${includes})")
    foreach(line IN LISTS lines)
      message(SEND_ERROR "${file}: ${line}: ${reason}")
    endforeach()
  endforeach()
endfunction()

forbid("${ROOT}/connect/*" "overlay/|plugin/|tests/|imgui|GLFW|GL/|X11/|fontconfig|png" "connect knows no UI")
forbid("${ROOT}/overlay/*" "plugin/|tests/" "overlay stands left of plugin and tests")
forbid("${ROOT}/plugin/*" "overlay/(view|window[a-z0-9_]*|theme|fonts|app|layout|sheet|screenshot|frame_log)\\.h|tests/|imgui|GLFW"
       "the data level loads no window")
forbid("${ROOT}/*" "curl/" "one file pair knows curl" EXCEPT "^(connect/(http_curl\\.cpp|curl_flight\\.(h|cpp))|build/|tests/bench/)")
forbid("${ROOT}/*" "rapidjson/" "RapidJSON is seen only in json and wire" EXCEPT "^(connect/(json|wire)\\.cpp|build/)")
forbid("${ROOT}/*" "expat" "one file knows expat" EXCEPT "^(connect/sign_in/sts\\.cpp|build/)")
forbid("${ROOT}/*" "microhttpd" "one file knows libmicrohttpd" EXCEPT "^(connect/simulator/server\\.cpp|build/)")
forbid("${ROOT}/connect/simulator/*" "connect/(wire|sigv4|sha256|client|api_source|http|http_curl|credentials|session|worker)\\.h|connect/sign_in/"
       "the simulator shares the model, not the client's code: a mistake in one must not hide in the other")
forbid("${ROOT}/*" "fontconfig/" "one file knows fontconfig" EXCEPT "^(overlay/fonts\\.cpp|build/|tests/bench/)")
forbid("${ROOT}/*" "pango/|cairo|glib" "one file knows Pango, and it is loaded only for a name that needs it"
       EXCEPT "^(overlay/shaper/pango\\.cpp|build/)")
forbid("${ROOT}/*" "fribidi" "one file knows FriBidi" EXCEPT "^(overlay/bidi\\.cpp|build/)")
forbid("${ROOT}/*" "dbus/" "only perch-notify knows D-Bus" EXCEPT "^(overlay/notify_bus\\.cpp|tests/support/notification_server\\.cpp|build/)")
forbid("${ROOT}/*" "GLFW/|GL/" "only the window knows GLFW and GL"
       EXCEPT "^(overlay/window(_[a-z0-9]+)?\\.cpp|overlay/window_room\\.h|build/|tests/bench/)")
forbid("${ROOT}/*" "xcb/|X11/" "only the window knows the X server"
       EXCEPT "^(overlay/window_[a-z0-9]+\\.(cpp|h)|build/|tests/bench/)")
forbid("${ROOT}/overlay/cli/*" "imgui|overlay/(view|window[a-z0-9_]*|theme|fonts|app|layout|sheet|screenshot|frame_log)\\.h"
       "a command loads no window")

# The pure core: no clock, no thread, no socket.
file(GLOB core RELATIVE ${ROOT} ${ROOT}/connect/*.h ${ROOT}/connect/*.cpp ${ROOT}/connect/sign_in/*.h ${ROOT}/connect/sign_in/*.cpp)
list(FILTER core EXCLUDE REGEX "connect/(alarm|child_start|clock|credential_keeper|curl_flight|descriptor|fetch|http_curl|open_sockets|run_program|worker|drive)\\.(h|cpp)$")
foreach(file IN LISTS core)
  file(STRINGS ${ROOT}/${file} lines REGEX "(system_clock|steady_clock)::now|std::this_thread|#include <(thread|mutex|sys/|unistd)")
  foreach(line IN LISTS lines)
    message(SEND_ERROR "${file}: ${line}: time is an argument, and threads and sockets live at the edges")
  endforeach()
endforeach()

# The top level, exactly.
file(GLOB top RELATIVE ${ROOT} ${ROOT}/*)
list(FILTER top EXCLUDE REGEX "^(\\..*|build)$")
foreach(entry IN LISTS top)
  if(NOT entry MATCHES "^(CMakeLists\\.txt|plugin|overlay|connect|third_party|tests|README\\.md)$")
    message(SEND_ERROR "${entry} does not belong at the top level")
  endif()
endforeach()
