#pragma once
// Members of request bodies that several operations have: lists of ids, and which page is wanted.
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "connect/json.h"
#include "connect/simulator/service_error.h"

namespace perch::simulator {

using Ids = std::vector<std::string>;

ServiceError wrong_type(std::string_view name);

/// A list of strings within 1..limit items, bare and each once; nothing when the member is not there.
std::variant<std::optional<Ids>, ServiceError> ids_at(const connect::Json& filters, std::string_view name,
                                                      std::size_t limit);

struct PageWish {
  std::size_t size = 0;
  std::string token;  ///< empty: the first page
};

/// MaxResults, 1..most, and NextToken.
std::variant<PageWish, ServiceError> page_wish(const connect::Json& body, std::size_t most, std::size_t usual);

}  // namespace perch::simulator
