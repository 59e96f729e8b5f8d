#include "overlay/day_file.h"

#include "connect/sha256.h"
#include "overlay/own_file.h"

namespace perch::overlay {
namespace {

constexpr std::size_t most_bytes = 128U << 10U;

/// The id is no name for a file: it comes from the configuration, with whatever is in it.
std::string file_of(const std::string& folder, const connect::UserId& user) {
  return folder + "/day-" + connect::lower_hex(connect::sha256(user.value)).substr(0, 16) + ".json";
}

}  // namespace

std::optional<DayLog> load_day(const std::string& folder, const connect::UserId& user, std::int64_t local_day) {
  if (folder.empty()) return std::nullopt;
  const auto text = read_own_file(file_of(folder, user), most_bytes);
  if (!text) return std::nullopt;
  const auto json = connect::parse_json(*text, {.max_bytes = most_bytes, .max_depth = 8});
  auto log = json ? day_log_of(*json) : std::nullopt;
  return log && log->user == user && log->day == local_day ? log : std::nullopt;
}

connect::Result<connect::Done> save_day(const std::string& folder, const DayLog& log) {
  if (folder.empty() || log.user.value.empty()) return connect::Done{};  // before the first look it is nobody's
  return replace_own_file(file_of(folder, log.user), connect::to_text(to_json(log)) + "\n");
}

}  // namespace perch::overlay
