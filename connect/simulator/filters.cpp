#include "connect/simulator/filters.h"

#include <algorithm>

#include "connect/simulator/operations.h"

namespace perch::simulator {

using connect::Json;

ServiceError wrong_type(std::string_view name) {
  return {400, "SerializationException", std::string(name) + " has the wrong type", true};
}

std::variant<std::optional<Ids>, ServiceError> ids_at(const Json& filters, std::string_view name, std::size_t limit) {
  const Json* member = filters.find(name);
  if (!member || member->is_null()) return std::nullopt;
  if (!member->items()) return wrong_type(name);
  Ids ids;
  for (const Json& item : *member->items()) {
    if (!item.text()) return wrong_type(name);
    if (std::string id = bare_id(*item.text()); std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
  }
  if (member->items()->empty() || member->items()->size() > limit)
    return invalid_parameter(std::string(name) + " has to have 1 to " + std::to_string(limit) + " items");
  return std::optional(std::move(ids));
}

std::variant<PageWish, ServiceError> page_wish(const Json& body, std::size_t most, std::size_t usual) {
  PageWish wish{usual, {}};
  if (const Json* wanted = body.find("MaxResults"); wanted && !wanted->is_null()) {
    auto whole = wanted->integer();
    if (!whole) return wrong_type("MaxResults");
    if (*whole < 1 || *whole > static_cast<std::int64_t>(most))
      return invalid_parameter("MaxResults has to be 1 to " + std::to_string(most));
    wish.size = static_cast<std::size_t>(*whole);
  }
  if (const Json* given = body.find("NextToken"); given && !given->is_null()) {
    if (!given->text()) return wrong_type("NextToken");
    wish.token = *given->text();
    if (wish.token.empty()) return invalid_parameter("Invalid NextToken");
  }
  return wish;
}

}  // namespace perch::simulator
