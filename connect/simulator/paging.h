#pragma once
// Pages and their opaque tokens.
#include <optional>
#include <string>
#include <string_view>

#include "connect/result.h"

namespace perch::simulator {

struct Page {
  std::size_t begin = 0, end = 0;
  std::optional<std::string> next_token;
};

/// The page of `total` items that `token` (empty: the first) stands for. `question` is what was asked: a token is good
/// for the same question only. Code::invalid for any other token.
connect::Result<Page> page_of(std::size_t total, std::size_t page_size, std::string_view token,
                              std::string_view question);

}  // namespace perch::simulator
