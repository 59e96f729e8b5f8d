#pragma once
// A list that comes in pages, asked for one after the other.
#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "connect/ask_connect.h"

namespace perch::connect {

/// More pages than any account or instance has: whoever announces more means no end.
inline constexpr std::size_t most_list_pages = 1000;

/// `take` gets the items of each page and says whether it wants more.
template <class Parse, class Request, class Take>
Result<Done> each_page(const AskConnect& ask, const char* operation, Request request, Parse parse, Take take) {
  std::vector<std::string> tokens{{}};
  while (true) {
    const auto answer = ask(request(tokens.back()));
    if (!answer) {
      Error why = answer.error();
      why.message = std::string(operation) + ": " + why.message;
      return why;
    }
    auto page = parse(*answer);
    if (!page) return page.error();
    if (!take(std::move(page->items)) || page->next_token.empty()) return Done{};
    if (tokens.size() == most_list_pages || std::find(tokens.begin(), tokens.end(), page->next_token) != tokens.end())
      return Error{Code::malformed, std::string(operation) + ": the same page was announced twice"};
    tokens.push_back(std::move(page->next_token));
  }
}

/// A `take` that wants everything.
template <class T>
auto collect_into(std::vector<T>& all) {
  return [&all](std::vector<T> items) {
    all.insert(all.end(), std::make_move_iterator(items.begin()), std::make_move_iterator(items.end()));
    return true;
  };
}

}  // namespace perch::connect
