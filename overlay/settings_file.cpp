#include "overlay/settings_file.h"

#include <algorithm>

#include "overlay/clean_text.h"
#include "overlay/config_file.h"
#include "overlay/json_edit.h"
#include "overlay/json_text.h"
#include "overlay/resource_name.h"

namespace perch::overlay {
namespace {

using connect::Code;
using connect::Error;
using connect::Json;
using connect::Result;

using Path = std::vector<std::string>;

Result<Json> parse(std::string_view text) {
  auto json = connect::parse_json(text, config_limits());
  if (!json) return Error{Code::usage, json.error().message};
  if (!json->is_object()) return Error{Code::usage, "line 1: must hold an object"};
  return json;
}

/// Whether `key` is what path[depth] names.
bool names(std::string_view key, const Path& path, std::size_t depth) {
  return key == path[depth] || (depth == 1 && path[0] == "statuses" && status_id_of(key) == path[depth]);
}

auto find_member(const Json::Object& object, const Path& path, std::size_t depth) {
  return std::find_if(object.begin(), object.end(), [&](const Json::Member& m) { return names(m.first, path, depth); });
}

/// `value` within as many objects as `path` has names from `depth` on.
Json wrapped(const Path& path, std::size_t depth, Json value) {
  for (std::size_t n = path.size(); n > depth; --n) value = Json::object({{path[n - 1], std::move(value)}});
  return value;
}

/// As far as there is something of a path: the innermost value, and its place in the text.
struct Reached {
  const Json* value;
  const TextMember* place;
  const TextMember* parent = nullptr;
  std::size_t index = 0;  ///< of `place` in its parent
  std::size_t depth = 0;  ///< names that were found
};

Reached reach(const Json& top, const TextMember& map, const Path& path) {
  Reached at{&top, &map};
  while (at.depth < path.size() && at.value->is_object()) {
    const Json::Object& members = *at.value->members();
    const auto found = find_member(members, path, at.depth);
    if (found == members.end()) break;
    at.index = static_cast<std::size_t>(found - members.begin());
    at.value = &found->second;
    at.parent = at.place;
    at.place = &at.parent->members[at.index];
    ++at.depth;
  }
  return at;
}

Result<std::string> with_value(std::string text, const Path& path, const Json& value) {
  const auto json = parse(text);
  if (!json) return json.error();
  const TextMember map = text_map(text);
  const Reached at = reach(*json, map, path);
  if (at.depth == path.size() && *at.value == value) return text;
  if (at.depth == path.size() || at.value->is_null()) {
    replace_value(text, map, *at.place, wrapped(path, at.depth, value));
  } else if (at.value->is_object()) {
    insert_member(text, map, *at.place, path[at.depth], wrapped(path, at.depth + 1, value));
  } else {
    return Error{Code::usage, "line " + std::to_string(at.place->line) + ": " + clean_text(path[at.depth - 1]) +
                                  " must be an object"};
  }
  return text;
}

Result<std::string> without(std::string text, const Path& path) {
  for (;;) {  // all of this name, or the next one would count
    const auto json = parse(text);
    if (!json) return json.error();
    const TextMember map = text_map(text);
    const Reached at = reach(*json, map, path);
    if (at.depth < path.size()) return text;
    take_out_member(text, *at.parent, at.index);
  }
}

/// The same on the value.
void apply(Json& value, const Path& path, std::size_t depth, const std::optional<Json>& wanted) {
  if (depth == path.size()) {
    value = *wanted;
    return;
  }
  if (value.is_null() && wanted) value = Json(Json::Object());
  Json::Object* members = value.members();
  if (!members) return;
  const auto found = find_member(*members, path, depth);
  const auto at = members->begin() + (found - members->cbegin());
  if (!wanted && depth + 1 == path.size()) {
    std::erase_if(*members, [&](const Json::Member& m) { return names(m.first, path, depth); });
  } else if (at != members->end()) {
    apply(at->second, path, depth + 1, wanted);
  } else if (wanted) {
    members->emplace_back(path[depth], wrapped(path, depth + 1, *wanted));
  }
}

}  // namespace

Result<std::string> edited(std::string_view text, const std::vector<Edit>& edits) {
  std::string result(text.find_first_not_of(" \t\r\n") == text.npos ? "{}\n" : text);
  auto wanted = parse(result);
  if (!wanted) return wanted.error();
  for (Edit edit : edits) {
    if (edit.path.empty()) return Error{Code::usage, "an edit needs a key"};
    if (edit.value) {  // as it will be read back: 3.0 is 3
      auto value = connect::parse_json(connect::to_text(*edit.value));
      if (!value) return Error{Code::usage, value.error().message};
      edit.value = *std::move(value);
    }
    auto next =
        edit.value ? with_value(std::move(result), edit.path, *edit.value) : without(std::move(result), edit.path);
    if (!next) return next.error();
    result = *std::move(next);
    apply(*wanted, edit.path, 0, edit.value);
  }
  const auto said = parse(result);
  if (!said) return said.error();
  if (*said != *wanted) return Error{Code::usage, "the change would touch more than it should"};
  return result;
}

}  // namespace perch::overlay
