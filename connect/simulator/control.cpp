#include "connect/simulator/control.h"

#include <algorithm>
#include <cmath>

#include "connect/simulator/limits.h"
#include "connect/simulator/wire_names.h"

namespace perch::simulator {
namespace {

using connect::Code;
using connect::Json;

constexpr double longest_shift_s = 10.0 * 366 * 86400;

Answer json_answer(int status, const Json& body) {
  Answer answer;
  answer.status = status;
  answer.headers = {{"content-type", "application/json"}};
  answer.body = to_text(body);
  return answer;
}
Answer done(const Json& body = Json::Object()) { return json_answer(200, body); }
Answer refused(int status, const std::string& why) { return json_answer(status, Json::object({{"error", why}})); }

bool is_loopback(std::string_view host) {
  auto port = host.rfind(':');
  bool has_port = port != std::string_view::npos && host.find(']', port) == std::string_view::npos;
  auto name = lower_case(has_port ? host.substr(0, port) : host);
  auto digits = has_port ? host.substr(port + 1) : std::string_view();
  bool digits_only = std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits_only && (name == "127.0.0.1" || name == "localhost" || name == "[::1]");
}

/// Members of a request's body must all be known: a misspelt one would silently do something else.
std::string unknown_member(const Json& body, std::initializer_list<std::string_view> known) {
  for (const auto& [name, value] : *body.members())
    if (std::find(known.begin(), known.end(), name) == known.end()) return "unknown member " + name;
  return {};
}

/// Empty when `name` is absent or a text, which then goes to `out`.
std::string read_text(const Json& body, const std::string& name, std::optional<std::string>& out) {
  const Json* member = body.find(name);
  if (!member || member->is_null()) return {};
  if (!member->text() || member->text()->empty()) return name + " has to be a text";
  out = *member->text();
  return {};
}

Answer place_contact(const Json& body, Controls& controls) {
  std::string wrong = unknown_member(body, {"user_id", "channel", "queue_id", "state", "initiation_method"});
  std::optional<std::string> user;
  std::optional<std::string> queue;
  std::optional<std::string> channel;
  std::optional<std::string> state;
  std::optional<std::string> method;
  if (wrong.empty()) wrong = read_text(body, "user_id", user);
  if (wrong.empty()) wrong = read_text(body, "queue_id", queue);
  if (wrong.empty()) wrong = read_text(body, "channel", channel);
  if (wrong.empty()) wrong = read_text(body, "state", state);
  if (wrong.empty()) wrong = read_text(body, "initiation_method", method);
  if (wrong.empty() && !channel) wrong = "channel is missing";
  if (wrong.empty() && !is_channel(*channel)) wrong = "unknown channel " + *channel;
  if (wrong.empty() && state && !contact_state_named(*state)) wrong = "unknown contact state " + *state;
  if (wrong.empty() && method && !is_initiation_method(*method)) wrong = "unknown initiation method " + *method;
  if (!wrong.empty()) return refused(400, wrong);
  NewContact contact;
  contact.channel = *channel;
  if (user) contact.user = UserId{*user};
  if (queue) contact.queue = QueueId{*queue};
  if (state) contact.state = *contact_state_named(*state);
  if (method) contact.initiation_method = *method;
  if (!user && !is_live(contact.state)) return refused(400, "a contact to be routed cannot be " + *state);
  auto placed = controls.world.place(contact, controls.now);
  if (!placed) return refused(placed.error().code == Code::not_found ? 404 : 409, placed.error().message);
  return done(Json::object({{"contact_id", placed->value}}));
}

Answer change_contact(const std::string& id, const Json& body, Controls& controls) {
  std::optional<std::string> state;
  std::string wrong = unknown_member(body, {"state"});
  if (wrong.empty()) wrong = read_text(body, "state", state);
  if (wrong.empty() && !state) wrong = "state is missing";
  if (wrong.empty() && !contact_state_named(*state)) wrong = "unknown contact state " + *state;
  if (!wrong.empty()) return refused(400, wrong);
  auto changed = controls.world.change({id}, *contact_state_named(*state), controls.now);
  return changed ? done() : refused(404, changed.error().message);
}

Answer set_agent_up(const std::string& id, const Json& body, Controls& controls) {
  const Agent* agent = controls.world.find(UserId{id});
  if (!agent) return refused(404, "no user " + id);
  auto acw = agent->acw;
  auto slots = agent->slots;
  std::optional<std::string> status;
  std::string wrong = unknown_member(body, {"acw_limit_s", "slots", "status_id"});
  if (const Json* member = body.find("acw_limit_s"); member && wrong.empty()) wrong = read_acw(*member, acw);
  if (const Json* member = body.find("slots"); member && wrong.empty()) wrong = read_slots(*member, slots);
  if (wrong.empty()) wrong = read_text(body, "status_id", status);
  if (!wrong.empty()) return refused(400, wrong);
  if (status && !controls.world.find(AgentStatusId{*status})) return refused(404, "no agent status " + *status);
  controls.world.set_acw(agent->id, acw, controls.now);
  controls.world.set_slots(agent->id, slots, controls.now);
  if (status) (void)controls.world.set_status_at_once(agent->id, {*status}, controls.now);
  return done();
}

Answer set_fault(const Json& body, Controls& controls) {
  auto fault = read_fault(body);
  if (!fault) return refused(400, fault.error().message);
  controls.faults.set(*fault);
  return done(to_json(*fault));
}

Answer move_clock(const Json& body, Controls& controls) {
  std::string wrong = unknown_member(body, {"advance_s", "skew_s"});
  auto shift = [&](const std::string& name, double least) -> std::optional<connect::microseconds> {
    const Json* member = body.find(name);
    if (!member || !wrong.empty()) return std::nullopt;
    auto seconds = member->number();
    if (!seconds || !(*seconds >= least && *seconds <= longest_shift_s)) {
      wrong = name + " has to be a number of seconds within ten years" + (least == 0 ? ", not back" : "");
      return std::nullopt;
    }
    return connect::microseconds(static_cast<std::int64_t>(std::llround(*seconds * 1e6)));
  };
  auto advance = shift("advance_s", 0);
  auto skew = shift("skew_s", -longest_shift_s);
  if (!wrong.empty()) return refused(400, wrong);
  if (advance) controls.clock.advance += *advance;
  if (skew) controls.clock.skew = *skew;
  auto seconds = [](connect::microseconds span) { return std::chrono::duration<double>(span).count(); };
  return done(Json::object({{"advance_s", seconds(controls.clock.advance)}, {"skew_s", seconds(controls.clock.skew)}}));
}

Answer reading(std::string_view what, const std::string& method, Controls& controls) {
  if (what == "requests" && method == "DELETE") {
    controls.requests.clear();
    return done();
  }
  if (what == "faults" && method == "DELETE") {
    controls.faults.clear();
    return done();
  }
  if (method != "GET") return refused(405, method + " does nothing here");
  if (what == "state") return done(state_report(controls));
  if (what == "requests") return done(controls.requests.report());
  if (what == "faults") return done(controls.faults.report());
  return refused(404, "no such control call");
}

Answer writing(const Request& request, std::string_view what, const std::string& id, Controls& controls) {
  auto body = connect::parse_json(request.body, {.max_bytes = 1U << 20U});
  if (!body) return refused(400, body.error().message);
  if (!body->is_object()) return refused(400, "the body has to be an object");
  bool put = request.method == "PUT";
  if (!put && what == "contacts" && id.empty()) return place_contact(*body, controls);
  if (put && what == "contacts" && !id.empty()) return change_contact(id, *body, controls);
  if (put && what == "users" && !id.empty()) return set_agent_up(id, *body, controls);
  if (put && what == "faults" && id.empty()) return set_fault(*body, controls);
  if (put && what == "clock" && id.empty()) return move_clock(*body, controls);
  return refused(404, "no such control call");
}

}  // namespace

bool is_control(const Request& request) {
  return request.raw_path() == "/_sim" || request.raw_path().starts_with("/_sim/");
}

Answer control(const Request& request, Controls& controls) {
  const std::string* host = request.header("host");
  if (!host || !is_loopback(*host)) return refused(403, "Host has to be a loopback one");
  if (request.header("origin")) return refused(403, "not for web pages: the request carries an Origin");
  bool writes = request.method == "POST" || request.method == "PUT";
  const std::string* type = request.header("content-type");
  if (writes && (!type || lower_case(*type).substr(0, type->find_first_of("; ")) != "application/json"))
    return refused(415, "content-type has to be application/json");
  auto parts = split(request.raw_path(), '/');  // "", "_sim", what, id
  if (parts.size() < 3 || parts.size() > 4) return refused(404, "no such control call");
  auto id = parts.size() == 4 ? percent_decoded(parts[3]) : std::string();
  return writes ? writing(request, parts[2], id, controls)
                : reading(parts.size() == 3 ? parts[2] : std::string_view(), request.method, controls);
}

}  // namespace perch::simulator
