// A config.json of a stranger: read, its preferences taken, changed, and read again. The first bytes choose the change.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "overlay/clean_text.h"
#include "overlay/config_file.h"
#include "overlay/json_text.h"
#include "overlay/read_preferences.h"
#include "overlay/settings_file.h"

using namespace perch::overlay;
using perch::connect::Json;
using perch::connect::parse_json;

namespace {

/// What holds for every text, good or bad; anything else ends the fuzzer.
void expect(bool holds) {
  if (!holds) std::abort();
}

void expect_one_line(const std::string& message) {
  expect(!message.empty() && message == clean_text(message) && message.size() < 5'000'000);
}

Preferences preferences_in(const ConfigFile& file, std::size_t& refusals) {
  Settings settings([](const std::string&) { return std::nullopt; }, &file);
  const Preferences chosen = read_preferences({}, Flags(), settings);
  for (const std::string& why : settings.refusals()) expect_one_line(why);
  for (const std::string& what : settings.warnings()) expect_one_line(what);
  refusals = settings.refusals().size();
  return chosen;
}

std::size_t lines_of(std::string_view text) {
  return 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

void expect_lines(const std::vector<ConfigEntry>& entries, std::size_t least, std::size_t most) {
  for (const ConfigEntry& entry : entries) {
    const auto line = static_cast<std::size_t>(entry.line);
    expect(line >= least && line <= most);
    least = line;
    expect_lines(entry.members, line, most);
  }
}

/// All of `part` in its order, with whatever between.
bool is_within(std::string_view part, std::string_view whole) {
  for (const char c : whole)
    if (!part.empty() && part.front() == c) part.remove_prefix(1);
  return part.empty();
}

std::string_view part(std::string_view text, const TextSpan& span) {
  return text.substr(span.begin, span.end - span.begin);
}

/// The map says where each member is: what stands there is its key and its value.
void expect_map(std::string_view text, const TextMember& place, const Json& value) {
  const auto there = parse_json(part(text, place.value), config_limits());
  expect(there && *there == value);
  const auto* members = value.members();
  expect(place.members.size() == (members ? members->size() : 0));
  for (std::size_t n = 0; n < place.members.size(); ++n) {
    const auto key = parse_json(part(text, place.members[n].key));
    expect(key && *key == Json((*members)[n].first));
    expect_map(text, place.members[n], (*members)[n].second);
  }
}

Json value_of(unsigned char byte) {
  switch (byte % 6) {
    case 0:
      return 42;
    case 1:
      return 0.25;
    case 2:
      return "text \"//\" ,\n}";
    case 3:
      return true;
    case 4:
      return nullptr;
    default:
      return Json::object({{"a", 1}, {"b", Json::object({{"c", "d"}})}});
  }
}

void change_one(std::string_view text, const ConfigFile& file, unsigned char where, unsigned char what) {
  static const std::vector<std::vector<std::string>> paths{
      {"view"}, {"a"}, {"statuses", "s", "limit_s"}, {"keys", "hold"}, {"a", "b"}, {"a", "b", "c"}, {""}};
  const std::vector<std::string>& path = paths[where % paths.size()];
  const ConfigEntry* entry = file.find(path.front());
  const bool there = entry != nullptr;
  const auto removed = edited(text, {{path, std::nullopt}});
  expect(removed && is_within(*removed, text) && (there || *removed == text));
  const Json value = value_of(what);
  const auto changed = edited(text, {{path, value}});
  if (!changed) {  // something else than an object on the way
    expect_one_line(changed.error().message);
    expect(path.size() > 1 && there);
    return;
  }
  const auto before = parse_json(text, config_limits()), after = parse_json(*changed, config_limits());
  expect(before && after);
  for (const auto& [key, member] : *before->members())
    expect(key == path.front() ? after->find(key) != nullptr : *after->find(key) == *before->find(key));
  const Json* now = after->find(path.front());
  for (std::size_t n = 1; n < path.size() && now && path.front() != "statuses"; ++n) now = now->find(path[n]);
  expect(now && (*now == value || path.front() == "statuses"));
  if (!there && !before->members()->empty()) expect(is_within(text, *changed));
  if (path.size() == 1 && there) {
    const auto& members = *before->members();
    std::size_t n = 0;
    while (members[n].first != path.front()) ++n;
    const TextSpan old = text_map(text).members[n].value;
    expect(changed->starts_with(text.substr(0, old.begin)) && changed->ends_with(text.substr(old.end)));
  }
  const auto again = edited(*changed, {{path, value}});
  expect(again && *again == *changed);
}

void change_preferences(std::string_view text, const Preferences& was, unsigned char which) {
  Preferences wanted = was;
  wanted.view = which % 2 == 0 ? ViewKind::dot : ViewKind::card;
  wanted.opacity = 0.3F + static_cast<float>(which % 8) / 16;
  wanted.statuses["s"].limit = std::chrono::seconds(1 + which);
  wanted.reminders.missed.reset();
  wanted.keys["summon"] = which % 2 == 0 ? "" : "Ctrl+Alt+P";
  const auto changed = edited(text, changes(was, wanted));
  expect(changed.operator bool());
  const auto file = parse_config_file("f", *changed);
  expect(file.operator bool());
  std::size_t refusals = 0;
  expect(preferences_in(*file, refusals) == wanted && refusals == 0);
  expect(edited(*changed, changes(wanted, was)).operator bool());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view text(reinterpret_cast<const char*>(bytes) + 2, size - 2);
  const auto file = parse_config_file("f", text);
  if (!file) {
    expect_one_line(file.error().message);
    const bool blank = text.find_first_not_of(" \t\r\n") == text.npos;
    expect(edited(text, {{{"view"}, Json("card")}}).operator bool() == blank);
    return 0;
  }
  for (const std::string& what : file->warnings) expect_one_line(what);
  expect_lines(file->entries, 1, lines_of(text));
  expect_map(text, text_map(text), *parse_json(text, config_limits()));
  std::size_t refusals = 0;
  const Preferences chosen = preferences_in(*file, refusals);
  change_one(text, *file, bytes[0], bytes[1]);
  if (refusals == 0) change_preferences(text, chosen, bytes[0]);
  return 0;
}
