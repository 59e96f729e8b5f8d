#pragma once
// Changes to config.json that leave alone what they are not about: comments, order, unknown keys, indentation, line
// ends. Pure; save_settings.h has the file.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connect/json.h"
#include "connect/result.h"
#include "overlay/preferences.h"

namespace perch::overlay {

struct Edit {
  std::vector<std::string> path;       ///< a key, and those below it; a status's id also finds its ARN
  std::optional<connect::Json> value;  ///< nothing: the key is taken out
  bool operator==(const Edit&) const = default;
};

/// `text` with these edits, in their order; blank text counts as an empty object. Of equal keys the first is edited, as
/// it is the one that counts; taking out takes out all. Code::usage with "line ..." when `text` is no good config.json,
/// when a key on the path holds no object, and when the result would say anything else than `text` and the edits do.
connect::Result<std::string> edited(std::string_view text, const std::vector<Edit>& edits);

/// What config.json must be told so that it says `after`; nothing about what is the same.
std::vector<Edit> changes(const Preferences& before, const Preferences& after);

}  // namespace perch::overlay
