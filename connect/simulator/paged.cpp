// One page of a list.
#include <charconv>

#include "connect/simulator/operations.h"
#include "connect/simulator/paging.h"

namespace perch::simulator {
namespace {

using connect::Json;

std::string first_of(const Call& call, std::string_view name) {
  for (const auto& [key, value] : call.query)
    if (key == name) return value;
  return {};
}

}  // namespace

Outcome listed(const Call& call, std::string member, const Json::Array& rows, const std::string& question,
               std::size_t most, std::size_t usual) {
  std::size_t size = usual;
  if (auto text = first_of(call, "maxResults"); !text.empty()) {
    auto read = std::from_chars(text.data(), text.data() + text.size(), size);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || size < 1 || size > most)
      return invalid_parameter("maxResults has to be 1 to " + std::to_string(most));
  }
  auto page = page_of(rows.size(), size, first_of(call, "nextToken"), member + question);
  if (!page) return invalid_parameter(page.error().message);
  Json::Array shown(rows.begin() + static_cast<std::ptrdiff_t>(page->begin),
                    rows.begin() + static_cast<std::ptrdiff_t>(page->end));
  Json answer = Json::object({{std::move(member), Json(std::move(shown))}});
  if (page->next_token) answer.set("NextToken", *page->next_token);
  return answer;
}

}  // namespace perch::simulator
