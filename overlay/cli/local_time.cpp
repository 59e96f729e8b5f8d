// Edge: the time zone of this process.
#include <ctime>

#include "overlay/cli/print_text.h"

namespace perch::overlay::cli {

std::string local_time_of_day(connect::Wall at) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(at);
  std::tm local{};
  if (!localtime_r(&seconds, &local)) return "--:--:--";
  char text[16];
  return {text, std::strftime(text, sizeof text, "%H:%M:%S", &local)};
}

}  // namespace perch::overlay::cli
