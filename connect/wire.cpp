#include "connect/wire.h"

#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <optional>
#include <utility>

#include "connect/printable.h"

namespace perch::connect {
namespace {

using rapidjson::SizeType;
using rapidjson::Value;

constexpr std::string_view blanks = " \t\r\n";

// ---- JSON as it came -----------------------------------------------------------------------------------------------

/// Passes everything on to the document and stops at the nesting no answer of Connect has.
struct DepthCap {
  rapidjson::Document& to;
  int depth = 0;
  bool too_deep = false;
  bool down() {
    too_deep = ++depth > 32;
    return !too_deep;
  }
  bool Null() { return to.Null(); }
  bool Bool(bool b) { return to.Bool(b); }
  bool Int(int i) { return to.Int(i); }
  bool Uint(unsigned u) { return to.Uint(u); }
  bool Int64(std::int64_t i) { return to.Int64(i); }
  bool Uint64(std::uint64_t u) { return to.Uint64(u); }
  bool Double(double d) { return to.Double(d); }
  bool RawNumber(const char* text, SizeType size, bool copy) { return to.RawNumber(text, size, copy); }
  bool String(const char* text, SizeType size, bool copy) { return to.String(text, size, copy); }
  bool Key(const char* text, SizeType size, bool copy) { return to.Key(text, size, copy); }
  bool StartObject() { return down() && to.StartObject(); }
  bool StartArray() { return down() && to.StartArray(); }
  bool EndObject(SizeType count) { return --depth, to.EndObject(count); }
  bool EndArray(SizeType count) { return --depth, to.EndArray(count); }
};

/// A body as a document that points into its own copy of the text.
class Body {
 public:
  /// Why not, or nothing. Iterative: the stack does not grow with the input. UTF-8 is checked beforehand, because
  /// RapidJSON's own check (kParseValidateEncodingFlag) reads beyond a text that ends inside a character.
  std::optional<std::string> parse(std::string_view text) {
    if (!is_utf8(text)) return "no UTF-8";
    constexpr unsigned flags = rapidjson::kParseInsituFlag | rapidjson::kParseIterativeFlag;
    text_ = text;
    rapidjson::InsituStringStream stream(text_.data());
    rapidjson::Reader reader;
    bool too_deep = false;
    auto generate = [&](rapidjson::Document& document) {
      DepthCap handler{document};
      const bool good = !reader.Parse<flags>(stream, handler).IsError();
      too_deep = handler.too_deep;
      return good;
    };
    document_.Populate(generate);
    if (too_deep) return "nested too deeply";
    if (reader.HasParseError())
      return std::string("no JSON at byte ") + std::to_string(reader.GetErrorOffset()) + ": " +
             rapidjson::GetParseError_En(reader.GetParseErrorCode());
    if (stream.Tell() != text_.size()) return "a zero byte in the JSON";
    return {};
  }
  const Value& root() const { return document_; }

 private:
  std::string text_;
  rapidjson::Document document_;
};

/// The first member with this name; null when there is none, or it is null.
const Value* member(const Value& object, std::string_view name) {
  for (auto at = object.MemberBegin(); at != object.MemberEnd(); ++at)
    if (at->name.GetStringLength() == name.size() && std::memcmp(at->name.GetString(), name.data(), name.size()) == 0)
      return at->value.IsNull() ? nullptr : &at->value;
  return nullptr;
}

std::string_view view(const Value& text) { return {text.GetString(), text.GetStringLength()}; }

/// RapidJSON validates raw bytes but lets an escaped half of a surrogate pair through; those all hold 0xED.
bool is_good_text(std::string_view text) { return text.find('\xED') == std::string_view::npos || is_utf8(text); }

// ---- JSON as the model wants it ------------------------------------------------------------------------------------

/// Where we are in the answer; spelled out only when something is wrong there.
struct Place {
  const Place* above = nullptr;
  std::string_view name{};
  std::ptrdiff_t index = -1;  ///< in the list called `name`
};

std::string path_of(const Place& place) {
  std::string out = place.above ? path_of(*place.above) : "";
  if (place.name.empty()) return out;
  if (!out.empty()) out += '.';
  out += printable(place.name, 60);
  if (place.index >= 0) out += '[' + std::to_string(place.index) + ']';
  return out;
}

/// An object of the answer. Getters give nothing for what is absent or null; the first wrong type is kept in `wrong`,
/// and whoever reads an answer looks there at the end.
struct Node {
  const Value& object;
  Place place;
  std::string& wrong;

  void refuse(std::string_view name, const char* why) const {
    if (wrong.empty()) wrong = path_of(Place{&place, name}) + ' ' + why;
  }

  std::optional<std::string> text(std::string_view name) const {
    const auto* value = member(object, name);
    if (!value) return {};
    if (!value->IsString()) return refuse(name, "is not a string"), std::nullopt;
    if (!is_good_text(view(*value))) return refuse(name, "is not valid text"), std::nullopt;
    return std::string(view(*value));
  }

  std::optional<int> count(std::string_view name) const {
    const auto* value = member(object, name);
    return value ? count_of(name, *value) : std::nullopt;
  }

  std::optional<double> quantity(std::string_view name) const {
    const auto* value = member(object, name);
    if (!value) return {};
    if (!value->IsNumber()) return refuse(name, "is not a number"), std::nullopt;
    const double number = value->GetDouble();
    if (!(number >= 0 && number <= 1e15)) return refuse(name, "is not a quantity"), std::nullopt;
    return number;
  }

  std::optional<int> count_of(std::string_view name, const Value& value) const {
    if (!value.IsNumber()) return refuse(name, "is not a number"), std::nullopt;
    const double number = value.GetDouble();
    if (!(number >= 0 && number <= std::numeric_limits<int>::max()) || number != std::floor(number))
      return refuse(name, "is not a count"), std::nullopt;
    return static_cast<int>(number);
  }

  std::optional<Wall> time(std::string_view name) const {
    const auto* value = member(object, name);
    if (!value) return {};
    if (!value->IsNumber()) return refuse(name, "is not a time in epoch seconds"), std::nullopt;
    constexpr double end_of_9999 = 253402300800.0;
    const double seconds = value->GetDouble();
    if (!(seconds >= 0 && seconds < end_of_9999))
      return refuse(name, "is not a time of the years 1970 to 9999"), std::nullopt;
    return Wall(microseconds(std::llround(seconds * 1e6)));
  }

  std::optional<Node> child(std::string_view name) const {
    const auto* value = member(object, name);
    if (!value) return {};
    if (!value->IsObject()) return refuse(name, "is not an object"), std::nullopt;
    return Node{*value, Place{&place, name}, wrong};
  }

  /// Calls `each` with every object of a list; nulls in it are skipped. False: there is no such list.
  template <class Each>
  bool list(std::string_view name, Each each) const {
    const auto* value = member(object, name);
    if (!value) return false;
    if (!value->IsArray()) return refuse(name, "is not a list"), true;
    for (SizeType i = 0; i < value->Size() && wrong.empty(); ++i) {
      const Value& item = (*value)[i];
      const Node node{item, Place{&place, name, static_cast<std::ptrdiff_t>(i)}, wrong};
      if (item.IsObject())
        each(node);
      else if (!item.IsNull())
        wrong = path_of(node.place) + " is not an object";
    }
    return true;
  }
};

std::string last_part(std::string_view arn) { return std::string(arn.substr(arn.rfind('/') + 1)); }

/// The bare id of a {Id, Arn} or of what calls itself so; empty when neither came.
std::string id_of(const Node& node) {
  if (auto id = node.text("Id"); id && !id->empty()) return *std::move(id);
  return last_part(node.text("Arn").value_or(""));
}

AgentStatus agent_status(const Node& node) {
  AgentStatus out;
  out.id.value = id_of(node);
  if (out.id.empty()) node.refuse("Id", "is missing");
  out.name = node.text("Name").value_or("");
  out.type_text = node.text("Type").value_or("");
  if (out.type_text == "ROUTABLE") out.type = AgentStatusType::routable;
  if (out.type_text == "CUSTOM") out.type = AgentStatusType::custom;
  if (out.type_text == "OFFLINE") out.type = AgentStatusType::offline;
  return out;
}

ContactState state_of(std::string_view text) {
  using enum ContactState;
  constexpr std::pair<std::string_view, ContactState> states[] = {
      {"INCOMING", incoming},   {"PENDING", pending},   {"CONNECTING", connecting},
      {"CONNECTED", connected}, {"MISSED", missed},     {"ERROR", error},
      {"ENDED", ended},         {"REJECTED", rejected}, {"CONNECTED_ONHOLD", connected_onhold}};
  for (const auto& [name, state] : states)
    if (name == text) return state;
  return unknown;
}

Contact contact(const Node& node) {
  Contact out;
  out.id.value = node.text("ContactId").value_or("");
  out.channel = node.text("Channel").value_or("");
  out.state_text = node.text("AgentContactState").value_or("");
  out.state = state_of(out.state_text);
  out.initiation_method = node.text("InitiationMethod");
  out.since = node.time("StateStartTimestamp");
  out.connected_since = node.time("ConnectedToAgentTimestamp");
  if (const auto queue = node.child("Queue"))
    if (auto id = id_of(*queue); !id.empty()) out.queue = QueueId{std::move(id)};
  return out;
}

void read_slots(const Node& node, std::string_view name, std::optional<int> Slots::*field, AgentSnapshot& to) {
  const auto map = node.child(name);
  if (!map) return;
  for (auto at = map->object.MemberBegin(); at != map->object.MemberEnd(); ++at) {
    const auto channel = view(at->name);
    if (at->value.IsNull()) continue;
    if (!is_good_text(channel)) return map->refuse("", "has a name that is not valid text");
    auto& slot = to.slots[std::string(channel)].*field;
    if (!slot) slot = map->count_of(channel, at->value);
  }
}

AgentSnapshot agent(const Node& node) {
  AgentSnapshot out;
  out.present = true;
  if (const auto user = node.child("User")) {
    out.user.value = id_of(*user);
    out.arn = user->text("Arn");
  }
  if (out.user.empty()) node.refuse("User.Id", "is missing");
  if (const auto status = node.child("Status")) {
    CurrentStatus now;
    now.id.value = last_part(status->text("StatusArn").value_or(""));
    now.name = status->text("StatusName").value_or("");
    now.since = status->time("StatusStartTimestamp");
    if (!now.id.empty() || !now.name.empty()) out.status = std::move(now);
  }
  if (auto next = node.text("NextStatus"); next && !next->empty()) out.next_status = NextStatus{*std::move(next)};
  node.list("Contacts", [&](const Node& item) { out.contacts.push_back(contact(item)); });
  read_slots(node, "ActiveSlotsByChannel", &Slots::active, out);
  read_slots(node, "AvailableSlotsByChannel", &Slots::available, out);
  read_slots(node, "MaxSlotsByChannel", &Slots::max, out);
  return out;
}

AgentProfile profile(const Node& user) {
  AgentProfile out;
  constexpr std::string_view limit = "AfterContactWorkTimeLimit";
  out.username = user.text("Username").value_or("");
  if (const auto phone = user.child("PhoneConfig")) out.acw.all_channels = phone->count(limit);
  user.list("AfterContactWorkConfigs", [&](const Node& item) {
    const auto channel = item.text("Channel").value_or("");
    if (const auto config = item.child("AfterContactWorkConfig"))
      if (const auto seconds = config->count(limit)) out.acw.by_channel.emplace(channel, *seconds);
    if (const auto callback = item.child("AgentFirstCallbackAfterContactWorkConfig"); callback && channel == "VOICE")
      if (const auto seconds = callback->count(limit)) out.acw.agent_first_callback = seconds;
  });
  return out;
}

QueueSummary queue(const Node& node) {
  QueueSummary out{{id_of(node)}, node.text("Name").value_or("")};
  if (out.id.empty()) node.refuse("Id", "is missing");
  return out;
}

std::optional<double> QueueMetrics::*field_of(std::string_view metric) {
  constexpr std::pair<std::string_view, std::optional<double> QueueMetrics::*> fields[] = {
      {"CONTACTS_IN_QUEUE", &QueueMetrics::in_queue},
      {"OLDEST_CONTACT_AGE", &QueueMetrics::oldest_s},
      {"AGENTS_ONLINE", &QueueMetrics::online},
      {"AGENTS_STAFFED", &QueueMetrics::staffed},
      {"AGENTS_AVAILABLE", &QueueMetrics::available},
      {"AGENTS_ON_CONTACT", &QueueMetrics::on_contact},
      {"AGENTS_AFTER_CONTACT_WORK", &QueueMetrics::acw_contacts},
      {"AGENTS_NON_PRODUCTIVE", &QueueMetrics::non_productive},
      {"AGENTS_ERROR", &QueueMetrics::error},
      {"SLOTS_ACTIVE", &QueueMetrics::slots_active},
      {"SLOTS_AVAILABLE", &QueueMetrics::slots_available}};
  for (const auto& [name, field] : fields)
    if (name == metric) return field;
  return nullptr;
}

QueueMetrics figures(const Node& row) {
  QueueMetrics out;
  if (const auto dimensions = row.child("Dimensions"))
    if (const auto of = dimensions->child("Queue")) out.queue.value = id_of(*of);
  if (out.queue.empty()) row.refuse("Dimensions.Queue.Id", "is missing");
  row.list("Collections", [&](const Node& item) {
    const auto metric = item.child("Metric");
    const auto field = metric ? field_of(metric->text("Name").value_or("")) : nullptr;
    if (!field) return;
    const std::string_view unit = field == &QueueMetrics::oldest_s ? "SECONDS" : "COUNT";
    if (const auto told = metric->text("Unit"); told && *told != unit)
      return metric->refuse("Unit", "is not what was asked for");
    out.*field = item.quantity("Value");
  });
  return out;
}

// ---- answers -------------------------------------------------------------------------------------------------------

std::string request_id_of(const HttpResponse& response) {
  const auto* id = header(response, "x-amzn-requestid");
  return id ? printable(*id, 128) : "";
}

Error malformed(const HttpResponse& response, std::string_view operation, std::string_view why) {
  Error out{Code::malformed, std::string(operation) + ": " + printable(why, 300)};
  out.request_id = request_id_of(response);
  out.http_status = response.status;
  return out;
}

bool is_web_page(std::string_view body) {
  const auto first = body.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  return first != std::string_view::npos && body[first] == '<';
}

/// The one way from an answer to a model: `read` gets the root object and returns what it made of it.
template <class T, class Read>
Result<T> parse_answer(const HttpResponse& response, std::string_view operation, Read read) {
  if (response.status < 200 || response.status > 299) return error_of(response, operation);
  const std::string_view body = response.body;
  if (body.size() > max_answer_bytes) return malformed(response, operation, "an answer over 16 MB");
  if (body.find_first_not_of(blanks) == std::string_view::npos)
    return malformed(response, operation, "an empty answer");
  if (is_web_page(body)) return malformed(response, operation, web_page_instead);
  Body json;
  if (const auto why = json.parse(body)) return malformed(response, operation, *why);
  if (!json.root().IsObject()) return malformed(response, operation, "the answer is no JSON object");
  std::string wrong;
  T out = read(Node{json.root(), {}, wrong});
  if (!wrong.empty()) return malformed(response, operation, wrong);
  return out;
}

}  // namespace

Result<AgentStatusPage> parse_agent_statuses(const HttpResponse& response) {
  return parse_answer<AgentStatusPage>(response, "ListAgentStatuses", [](const Node& root) {
    AgentStatusPage page;
    page.next_token = root.text("NextToken").value_or("");
    constexpr std::string_view list = "AgentStatusSummaryList";
    const bool listed = root.list(list, [&](const Node& item) { page.statuses.push_back(agent_status(item)); });
    if (!listed && page.next_token.empty()) root.refuse(list, "is missing");
    return page;
  });
}

Result<UserDataPage> parse_user_data(const HttpResponse& response) {
  return parse_answer<UserDataPage>(response, "GetCurrentUserData", [](const Node& root) {
    UserDataPage page;
    page.next_token = root.text("NextToken").value_or("");
    constexpr std::string_view list = "UserDataList";
    const bool listed = root.list(list, [&](const Node& item) { page.agents.push_back(agent(item)); });
    // "Nobody" is a statement about the floor: it needs more than an object without any sign of this operation.
    const bool says_none = !page.next_token.empty() || root.count("ApproximateTotalCount") == 0;
    if (!listed && !says_none) root.refuse(list, "is missing");
    return page;
  });
}

Result<AgentProfile> parse_user(const HttpResponse& response) {
  return parse_answer<AgentProfile>(response, "DescribeUser", [](const Node& root) {
    const auto user = root.child("User");
    if (!user) root.refuse("User", "is missing");
    return user ? profile(*user) : AgentProfile{};
  });
}

Result<QueuePage> parse_queues(const HttpResponse& response) {
  return parse_answer<QueuePage>(response, "ListQueues", [](const Node& root) {
    QueuePage page;
    page.next_token = root.text("NextToken").value_or("");
    constexpr std::string_view list = "QueueSummaryList";
    const bool listed = root.list(list, [&](const Node& item) { page.queues.push_back(queue(item)); });
    if (!listed && page.next_token.empty()) root.refuse(list, "is missing");
    return page;
  });
}

Result<QueueMetricsPage> parse_queue_metrics(const HttpResponse& response) {
  return parse_answer<QueueMetricsPage>(response, "GetCurrentMetricData", [](const Node& root) {
    QueueMetricsPage page;
    page.next_token = root.text("NextToken").value_or("");
    constexpr std::string_view list = "MetricResults";
    const bool listed = root.list(list, [&](const Node& item) { page.queues.push_back(figures(item)); });
    const auto as_of = root.time("DataSnapshotTime");
    // "No queue has figures" needs more than an object without any sign of this operation.
    if (!listed && page.next_token.empty() && !as_of) root.refuse(list, "is missing");
    for (QueueMetrics& one : page.queues) one.as_of = as_of;
    return page;
  });
}

Result<Done> parse_done(const HttpResponse& response, std::string_view operation) {
  const bool success = response.status >= 200 && response.status <= 299;
  if (success && response.body.find_first_not_of(blanks) == std::string::npos) return Done{};
  return parse_answer<Done>(response, operation, [](const Node&) { return Done{}; });
}

}  // namespace perch::connect
