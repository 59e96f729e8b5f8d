#include "overlay/day_file.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "tests/support/scratch.h"

namespace perch::overlay {
namespace {

DayLog day_of(const std::string& user, std::int64_t day) {
  DayLog log;
  log.user = {user};
  log.day = day;
  log.begin = log.until = connect::Wall(std::chrono::days(day));
  return log;
}

/// Whose day is read back, and which; empty: none.
std::string read_back(const std::string& folder, const std::string& user, std::int64_t day) {
  const auto log = load_day(folder, {user}, day);
  return log ? log->user.value + " " + std::to_string(log->day) : std::string();
}

}  // namespace

TEST_CASE("a kept day is read by its own agent on its own local day only") {
  const tests::Scratch state;
  const DayLog kept = day_of("u-1", 20'775);
  REQUIRE(save_day(state.path(), kept));
  CHECK(read_back(state.path(), "u-1", 20'775) == "u-1 20775");
  CHECK_FALSE(load_day(state.path(), {"u-1"}, 20'776));
  CHECK_FALSE(load_day(state.path(), {"u-1"}, 20'774));
  CHECK_FALSE(load_day(state.path(), {"u-2"}, 20'775));
}

TEST_CASE("agents on one PC keep their days beside each other") {
  const tests::Scratch state;
  REQUIRE(save_day(state.path(), day_of("u-1", 20'775)));
  REQUIRE(save_day(state.path(), day_of("../u-2", 20'775)));
  CHECK(read_back(state.path(), "u-1", 20'775) == "u-1 20775");
  CHECK(read_back(state.path(), "../u-2", 20'775) == "../u-2 20775");
  // printf u-1 | sha256sum
  CHECK(std::filesystem::exists(state.path() + "/day-a24a7f55f278dd49.json"));
}

TEST_CASE("another agent's day under this agent's name is not shown") {
  const tests::Scratch state;
  REQUIRE(save_day(state.path(), day_of("u-1", 20'775)));
  REQUIRE(save_day(state.path(), day_of("u-2", 20'775)));
  const std::string folder = state.path() + "/";
  std::filesystem::copy_file(folder + "day-a24a7f55f278dd49.json", folder + "day-1fe2696cbaaf13d5.json",
                             std::filesystem::copy_options::overwrite_existing);
  CHECK_FALSE(load_day(state.path(), {"u-2"}, 20'775));
}

}  // namespace perch::overlay
