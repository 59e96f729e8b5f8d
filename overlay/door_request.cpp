#include "overlay/door_request.h"

#include "overlay/clean_text.h"

namespace perch::overlay {
namespace {

using connect::Code;
using connect::Error;
using connect::Json;
using connect::Result;

constexpr connect::JsonLimits limits{.max_bytes = door_line_bytes, .max_depth = 8, .comments = false};

/// As much of a stranger's text as belongs into a line of ours.
std::string quoted(std::string_view text) {
  constexpr std::size_t most = 80;
  return "\"" + clean_text(text.substr(0, most)) + (text.size() > most ? "…" : "") + "\"";
}

const char* word_of(CallHint what) { return what == CallHint::started ? "call-started" : "call-ended"; }

}  // namespace

Result<CallHint> parse_call_hint(std::string_view word) {
  for (const CallHint what : {CallHint::started, CallHint::ended})
    if (word == word_of(what)) return what;
  return Error{Code::usage, "no hint is called " + quoted(word) + "; there are call-started and call-ended"};
}

Result<DoorRequest> parse_door_request(std::string_view line) {
  const auto json = connect::parse_json(line, limits);
  if (!json) return json.error();
  const std::string* verb = json->text_at("do");
  if (!verb) return Error{Code::malformed, R"(no request: {"do":"..."} is one)"};
  if (*verb == "show") return DoorRequest(ShowRequest{});
  if (*verb == "who") return DoorRequest(WhoRequest{});
  if (*verb == "hint") {
    const std::string* word = json->text_at("what");
    if (!word) return Error{Code::usage, R"(hint: "what" is missing)"};
    const auto what = parse_call_hint(*word);
    if (!what) return what.error();
    return DoorRequest(HintRequest{*what});
  }
  return Error{Code::usage, "unknown: " + quoted(*verb)};
}

std::string to_line(const DoorRequest& request) {
  const Json json = std::visit(connect::overloaded{
                                   [](const ShowRequest&) {
                                     return Json::object({{"do", "show"}});
                                   },
                                   [](const WhoRequest&) {
                                     return Json::object({{"do", "who"}});
                                   },
                                   [](const HintRequest& hint) {
                                     return Json::object({{"do", "hint"}, {"what", word_of(hint.what)}});
                                   },
                               },
                               request);
  return connect::to_text(json) + "\n";
}

Json accepted(const DoorAnswer& who) {
  return Json::object({{"ok", true}, {"pid", who.pid}, {"version", who.version}});
}

Json refused(const Error& why) { return Json::object({{"ok", false}, {"error", why.message}}); }

Result<DoorAnswer> parse_door_answer(std::string_view line) {
  const auto json = connect::parse_json(line, limits);
  if (!json) return Error{Code::malformed, "the overlay's answer: " + json.error().message};
  const Json* ok = json->find("ok");
  if (!ok || !ok->boolean()) return Error{Code::malformed, "the overlay's answer says neither yes nor no"};
  if (!*ok->boolean()) {
    const std::string* why = json->text_at("error");
    return Error{Code::invalid, "the overlay refused: " + (why ? quoted(*why) : std::string("no reason given"))};
  }
  DoorAnswer answer;
  if (const Json* pid = json->find("pid")) answer.pid = pid->integer().value_or(0);
  if (const std::string* version = json->text_at("version")) answer.version = clean_text(*version);
  return answer;
}

}  // namespace perch::overlay
