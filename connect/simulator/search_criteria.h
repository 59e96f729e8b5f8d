#pragma once
// SearchCriteria of the Search* operations: conditions joined by "and" and "or".
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "connect/simulator/operations.h"

namespace perch::simulator {

/// One thing that is searched through.
struct Searched {
  /// What a string condition is about; nothing when the service knows no such field.
  std::function<std::optional<std::string>(std::string_view name)> field;
  std::optional<std::string> queue_type{};                            ///< nothing: there is no QueueTypeCondition
  std::size_t contains_least = 0, contains_most = std::string::npos;  ///< characters that CONTAINS takes
};

/// A whole Search* operation over `count` things: InstanceId, SearchCriteria and pages of `row` under `member`. Every
/// thing is asked, so that criteria that make no sense are refused even when nothing would get as far.
Outcome search(const Call& call, const Instance& instance, std::string member, std::size_t count,
               const std::function<Searched(std::size_t)>& searched,
               const std::function<connect::Json(std::size_t)>& row);

}  // namespace perch::simulator
