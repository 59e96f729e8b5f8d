#include "overlay/day_file.h"

#include "overlay/own_file.h"

namespace perch::overlay {
namespace {

constexpr std::size_t most_bytes = 128U << 10U;

}  // namespace

std::optional<DayLog> load_day(const std::string& folder) {
  if (folder.empty()) return std::nullopt;
  const auto text = read_own_file(folder + "/day.json", most_bytes);
  if (!text) return std::nullopt;
  const auto json = connect::parse_json(*text, {.max_bytes = most_bytes, .max_depth = 8});
  return json ? day_log_of(*json) : std::nullopt;
}

connect::Result<connect::Done> save_day(const std::string& folder, const DayLog& log) {
  if (folder.empty()) return connect::Done{};
  return replace_own_file(folder + "/day.json", connect::to_text(to_json(log)) + "\n");
}

}  // namespace perch::overlay
