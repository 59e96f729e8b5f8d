#include "connect/close_name.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace perch::connect {
namespace {

// Levenshtein's distance. Names have at most 127 characters, what was typed is cut to as many.
std::size_t distance(const std::u32string& a, const std::u32string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t kept = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({kept, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

}  // namespace

bool is_close(const std::u32string& typed, const std::u32string& name) {
  if (typed.empty()) return false;
  if (name.find(typed) != std::u32string::npos || (!name.empty() && typed.find(name) != std::u32string::npos))
    return true;
  // Two letters swapped are a distance of 2; in short names that would be everything.
  const std::size_t shorter = std::min(typed.size(), name.size());
  return distance(typed, name) <= (shorter < 4 ? 1 : std::max<std::size_t>(2, shorter / 3));
}

}  // namespace perch::connect
