#include "overlay/cli/status_name.h"

#include <algorithm>

#include "connect/case_fold.h"
#include "connect/close_name.h"
#include "overlay/clean_text.h"

namespace perch::overlay::cli {
namespace {

using connect::AgentStatus;
using connect::case_folded;
using connect::is_close;

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
