#include "connect/simulator/scenario.h"

#include <algorithm>

#include "connect/json.h"
#include "connect/simulator/limits.h"
#include "connect/simulator/scenario_reading.h"
#include "connect/simulator/wire_names.h"

namespace perch::simulator {
namespace {

using connect::AgentStatusType;
using connect::Json;

constexpr std::int64_t most_users = 20'000;
constexpr std::size_t most_instances = 100;

Trouble read_status(const Json& item, const JsonPath& path, Scenario& out) {
  if (auto trouble = stray_member(item, path, {"name", "type"})) return trouble;
  AgentStatus status;
  if (auto trouble = read_string(item, path, "name", status.name, true)) return trouble;
  if (auto trouble = read_string(item, path, "type", status.type_text, true)) return trouble;
  auto type = status_type_named(status.type_text);
  if (!type) return wrong(path / "type", "\"type\" has to be ROUTABLE, CUSTOM or OFFLINE");
  status.type = *type;
  out.statuses.push_back(std::move(status));
  return std::nullopt;
}

Trouble read_queue(const Json& item, const JsonPath& path, Scenario& out) {
  if (auto trouble = stray_member(item, path, {"name"})) return trouble;
  return read_string(item, path, "name", out.queues.emplace_back(), true);
}

Trouble read_user(const Json& item, const JsonPath& path, Scenario& out) {
  if (auto trouble =
          stray_member(item, path, {"username", "status", "acw_limit_s", "slots", "routing_profile", "count"}))
    return trouble;
  ScenarioUser user = default_scenario().users.front();
  user.status = out.users.front().status;  // of the user that stands for the default
  if (auto trouble = read_string(item, path, "username", user.username, true)) return trouble;
  if (auto trouble = read_string(item, path, "status", user.status, false)) return trouble;
  auto named = [&](const AgentStatus& status) { return status.name == user.status; };
  if (std::none_of(out.statuses.begin(), out.statuses.end(), named))
    return wrong(path / "status", "no status is named \"" + user.status + "\"");
  if (const Json* acw = item.find("acw_limit_s"))
    if (auto reason = read_acw(*acw, user.acw); !reason.empty()) return wrong(path / "acw_limit_s", reason);
  if (const Json* slots = item.find("slots"))
    if (auto reason = read_slots(*slots, user.slots); !reason.empty()) return wrong(path / "slots", reason);
  if (auto trouble = read_users_profile(item, path, out, user.routing_profile)) return trouble;
  const Json* count = item.find("count");
  if (!count) {
    out.users.push_back(std::move(user));
    return std::nullopt;
  }
  auto number = count->integer();
  if (!number || *number < 1 || *number > most_users)
    return wrong(path / "count", "\"count\" has to be 1 to " + std::to_string(most_users));
  for (std::int64_t i = 1; i <= *number; ++i) {
    out.users.push_back(user);
    out.users.back().username += '-' + std::to_string(i);
  }
  return std::nullopt;
}

Trouble read_event(const Json& item, const JsonPath& path, Scenario& out) {
  if (auto trouble = stray_member(item, path, {"at_s", "contact"})) return trouble;
  ScenarioEvent event;
  auto at = item.number_at("at_s");
  if (!at || !(*at >= 0 && *at <= 1e7)) return wrong(path / "at_s", "\"at_s\" has to be a number of seconds from 0");
  event.at_s = *at;
  const Json* contact = item.find("contact");
  JsonPath inner = path / "contact";
  if (!contact) return wrong(path, "\"contact\" is missing");
  if (auto trouble = stray_member(*contact, inner, {"id", "user", "queue", "channel", "initiation_method", "state"}))
    return trouble;
  std::string user;
  std::string queue;
  std::string state;
  if (auto trouble = read_string(*contact, inner, "id", event.contact, true)) return trouble;
  if (auto trouble = read_string(*contact, inner, "user", user, false)) return trouble;
  if (auto trouble = read_string(*contact, inner, "queue", queue, false)) return trouble;
  if (auto trouble = read_string(*contact, inner, "channel", event.channel, false)) return trouble;
  if (auto trouble = read_string(*contact, inner, "initiation_method", event.initiation_method, false)) return trouble;
  if (auto trouble = read_string(*contact, inner, "state", state, false)) return trouble;
  if (!is_channel(event.channel)) return wrong(inner / "channel", "unknown channel " + event.channel);
  if (!is_initiation_method(event.initiation_method))
    return wrong(inner / "initiation_method", "unknown initiation method " + event.initiation_method);
  auto known = state.empty() ? std::optional(ContactState::connected) : contact_state_named(state);
  if (!known) return wrong(inner / "state", "unknown contact state " + state);
  event.state = *known;
  auto same_user = [&](const ScenarioUser& one) { return one.username == user; };
  if (!user.empty() && std::none_of(out.users.begin(), out.users.end(), same_user))
    return wrong(inner / "user", "no user is named \"" + user + "\"");
  if (!queue.empty() && std::find(out.queues.begin(), out.queues.end(), queue) == out.queues.end())
    return wrong(inner / "queue", "no queue is named \"" + queue + "\"");
  if (!user.empty()) event.user = user;
  if (!queue.empty()) event.queue = queue;
  out.events.push_back(std::move(event));
  return std::nullopt;
}

Trouble read_instance(const Json& item, const JsonPath& path, Scenario& out) {
  if (auto trouble = stray_member(item, path, {"alias", "status"})) return trouble;
  ScenarioInstance instance;
  if (auto trouble = read_string(item, path, "alias", instance.alias, true)) return trouble;
  if (auto trouble = read_string(item, path, "status", instance.status, false)) return trouble;
  if (instance.status != "ACTIVE" && instance.status != "CREATION_IN_PROGRESS" && instance.status != "CREATION_FAILED")
    return wrong(path / "status", "\"status\" has to be ACTIVE, CREATION_IN_PROGRESS or CREATION_FAILED");
  out.instances.push_back(std::move(instance));
  return std::nullopt;
}

/// Who calls, and what the account has.
Trouble read_account(const Json& root, Scenario& out) {
  if (auto trouble = read_string(root, {}, "caller_session", out.caller_session, false)) return trouble;
  if (!out.caller_session.empty() && !is_session_name(out.caller_session))
    return wrong({"caller_session"}, "\"caller_session\" has to be 2 to 64 of A-Z a-z 0-9 _ + = , . @ -");
  if (root.find("instances")) out.instances.clear();
  auto reading = [&](const Json& item, const JsonPath& at) { return read_instance(item, at, out); };
  if (auto trouble = each_item(root, "instances", reading)) return trouble;
  if (out.instances.empty()) return wrong({"instances"}, "one instance has to be there");
  if (out.instances.size() > most_instances)
    return wrong({"instances"}, "more than " + std::to_string(most_instances) + " instances");
  return std::nullopt;
}

Trouble read_all(const Json& root, Scenario& out) {
  if (auto trouble = stray_member(
          root, {},
          {"seed", "statuses", "queues", "routing_profiles", "users", "events", "instances", "caller_session"}))
    return trouble;
  if (const Json* seed = root.find("seed")) {
    if (!seed->integer() || *seed->integer() < 0) return wrong({"seed"}, "\"seed\" has to be a whole number from 0");
    out.seed = static_cast<std::uint64_t>(*seed->integer());
  }
  auto reading = [&](auto read) {
    return [&out, read](const Json& item, const JsonPath& at) { return read(item, at, out); };
  };
  if (auto trouble = read_account(root, out)) return trouble;
  if (root.find("statuses")) out.statuses.clear();
  if (auto trouble = each_item(root, "statuses", reading(read_status))) return trouble;
  auto routable = std::find_if(out.statuses.begin(), out.statuses.end(),
                               [](const AgentStatus& status) { return status.type == AgentStatusType::routable; });
  if (routable == out.statuses.end()) return wrong({"statuses"}, "one status has to be ROUTABLE");
  for (ScenarioUser& user : out.users) user.status = routable->name;
  if (root.find("queues")) out.queues.clear();
  if (auto trouble = each_item(root, "queues", reading(read_queue))) return trouble;
  if (auto trouble = each_item(root, "routing_profiles", reading(read_routing_profile))) return trouble;
  auto defaults = out.users.size();
  if (auto trouble = each_item(root, "users", reading(read_user))) return trouble;
  if (root.find("users")) out.users.erase(out.users.begin(), out.users.begin() + static_cast<std::ptrdiff_t>(defaults));
  if (out.users.empty()) return wrong({"users"}, "one user has to be there");
  if (out.users.size() > static_cast<std::size_t>(most_users))
    return wrong({"users"}, "more than " + std::to_string(most_users) + " users");
  return each_item(root, "events", reading(read_event));
}

}  // namespace

bool is_session_name(std::string_view text) {
  // STS takes [\w+=,.@-]{2,64}.
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_+=,.@-").find(c) != std::string_view::npos;
  };
  return text.size() >= 2 && text.size() <= 64 && std::all_of(text.begin(), text.end(), fits);
}

Result<Scenario> read_scenario(std::string_view text, const std::string& file) {
  auto root = connect::parse_json(text);
  if (!root) {
    // "line L, column C: reason"
    const std::string& message = root.error().message;
    auto comma = message.find(',');
    auto colon = message.find(": ");
    bool placed = message.starts_with("line ") && comma != std::string::npos && colon != std::string::npos;
    return connect::Error{connect::Code::usage, placed
                                                    ? file + ':' + message.substr(5, comma - 5) + message.substr(colon)
                                                    : file + ":1: " + message};
  }
  Scenario scenario = default_scenario();
  if (auto trouble = read_all(*root, scenario))
    return connect::Error{connect::Code::usage,
                          file + ':' + std::to_string(line_of(text, trouble->path)) + ": " + trouble->reason};
  std::stable_sort(scenario.events.begin(), scenario.events.end(),
                   [](const ScenarioEvent& a, const ScenarioEvent& b) { return a.at_s < b.at_s; });
  return scenario;
}

}  // namespace perch::simulator
