#include "overlay/save_settings.h"

#include "overlay/clean_text.h"
#include "overlay/config_file.h"
#include "overlay/own_file.h"

namespace perch::overlay {
namespace {

using connect::Code;
using connect::Done;
using connect::Error;
using connect::Result;

/// Empty text when there is no file.
Result<std::string> read(const std::string& path) {
  auto text = read_own_file(path, config_limits().max_bytes);
  if (!text && text.error().code == Code::not_found) return std::string();
  return text;
}

}  // namespace

Result<Done> save_settings(const std::string& path, const std::vector<Edit>& edits) {
  if (edits.empty()) return Done{};
  if (path.empty()) return Error{Code::usage, "settings: no folder for config.json; set HOME or XDG_CONFIG_HOME"};
  const auto refuse = [](const Error& why) { return Error{Code::usage, "settings: " + why.message}; };
  const auto file = own_file_behind(path);
  if (!file) return refuse(file.error());
  const auto was = read(*file);
  if (!was) return refuse(was.error());
  const auto text = edited(*was, edits);
  if (!text) return Error{Code::usage, "settings: " + clean_text(*file) + ": " + text.error().message};
  if (*text == *was) return Done{};
  const auto replaced = change_own_file(*file, *was, *text);
  if (!replaced) return refuse(replaced.error());
  return Done{};
}

}  // namespace perch::overlay
