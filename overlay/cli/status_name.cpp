#include "overlay/cli/status_name.h"

#include <algorithm>
#include <numeric>

#include "overlay/clean_text.h"
#include "overlay/cli/case_fold.h"

namespace perch::overlay::cli {
namespace {

using connect::AgentStatus;

// Levenshtein's distance. Status names have at most 127 characters, what was typed is cut to as many.
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

bool is_close(const std::u32string& typed, const std::u32string& name) {
  if (typed.empty()) return false;
  if (name.find(typed) != std::u32string::npos || (!name.empty() && typed.find(name) != std::u32string::npos))
    return true;
  // Two letters swapped are a distance of 2; in short names that would be everything.
  const std::size_t shorter = std::min(typed.size(), name.size());
  return distance(typed, name) <= (shorter < 4 ? 1 : std::max<std::size_t>(2, shorter / 3));
}

std::string listed(const std::vector<const AgentStatus*>& statuses) {
  std::string text;
  for (const AgentStatus* s : statuses)
    text += (text.empty() ? "" : ", ") + clean_text(s->name) + " (" + clean_text(s->id.value) + ")";
  return text;
}

}  // namespace

connect::Result<AgentStatus> status_named(std::string_view text, const std::vector<AgentStatus>& statuses) {
  constexpr std::size_t longest = 127;
  const std::string shown = "\"" + clean_text(text.substr(0, 256)) + "\"";
  std::u32string typed = case_folded(text.substr(0, 4 * longest));
  typed.resize(std::min(typed.size(), longest));
  std::vector<const AgentStatus*> exact;
  std::vector<const AgentStatus*> alike;
  std::vector<const AgentStatus*> close;
  for (const AgentStatus& s : statuses) {
    if (s.id.value == text) return s;
    if (s.name == text) exact.push_back(&s);
    const std::u32string name = case_folded(s.name);
    if (name == typed) alike.push_back(&s);
    if (is_close(typed, name)) close.push_back(&s);
  }
  if (exact.size() == 1) return *exact.front();
  if (exact.empty() && alike.size() == 1) return *alike.front();
  if (!alike.empty())
    return connect::Error{connect::Code::usage,
                          shown + " is the name of several statuses, give the id: " + listed(alike)};
  if (!close.empty())
    return connect::Error{connect::Code::usage, "no status is called " + shown + "; close: " + listed(close)};
  return connect::Error{connect::Code::usage, "no status is called " + shown + "; `perch statuses` lists them"};
}

const AgentStatus* only_status_named(std::string_view name, const std::vector<AgentStatus>& statuses) {
  const AgentStatus* found = nullptr;
  for (const AgentStatus& s : statuses) {
    if (s.name != name) continue;
    if (found) return nullptr;
    found = &s;
  }
  return found;
}

}  // namespace perch::overlay::cli
