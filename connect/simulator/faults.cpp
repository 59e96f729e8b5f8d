#include "connect/simulator/faults.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "connect/simulator/service_error.h"

namespace perch::simulator {
namespace {

using connect::Code;
using connect::Error;
using connect::Json;
using Mode = Fault::Mode;

constexpr std::array<std::pair<Mode, std::string_view>, 10> modes{{{Mode::throttle, "throttle"},
                                                                   {Mode::http_500, "http_500"},
                                                                   {Mode::http_502_html, "http_502_html"},
                                                                   {Mode::drop, "drop"},
                                                                   {Mode::stall, "stall"},
                                                                   {Mode::truncate, "truncate"},
                                                                   {Mode::garbage, "garbage"},
                                                                   {Mode::expired_token, "expired_token"},
                                                                   {Mode::access_denied, "access_denied"},
                                                                   {Mode::slow, "slow"}}};

Error usage(std::string message) { return {Code::usage, std::move(message)}; }

std::string_view text_of_mode(Mode mode) {
  const auto* at = std::find_if(modes.begin(), modes.end(), [&](const auto& row) { return row.first == mode; });
  return at->second;
}

/// Empty when the member was understood, else what is wrong with it.
std::string read_member(const std::string& name, const Json& value, Fault& fault) {
  auto number = value.number();
  auto whole = value.integer();
  if (value.is_null() && (name == "count" || name == "code")) return {};  // as GET faults tells it
  if (name == "operation") {
    if (!value.text() || value.text()->empty()) return "operation wants a name or \"*\"";
    fault.operation = *value.text();
  } else if (name == "mode") {
    const auto* at = value.text() ? std::find_if(modes.begin(), modes.end(),
                                                 [&](const auto& row) { return row.second == *value.text(); })
                                  : modes.end();
    if (at == modes.end())
      return "mode is one of throttle, http_500, http_502_html, drop, stall, truncate, garbage, "
             "expired_token, access_denied, slow";
    fault.mode = at->first;
  } else if (name == "rate") {
    if (!number || !(*number >= 0 && *number <= 1)) return "rate is 0..1";
    fault.rate = *number;
  } else if (name == "count") {
    if (!whole || *whole < 0) return "count is a whole number from 0";
    fault.count = *whole;
  } else if (name == "when") {
    if (!value.text() || (*value.text() != "before" && *value.text() != "after")) return "when is before or after";
    fault.after = *value.text() == "after";
  } else if (name == "code") {
    if (value.text()) {
      fault.code = *value.text();
    } else if (whole && *whole >= 400 && *whole <= 599) {
      fault.http_status = static_cast<int>(*whole);
    } else {
      return "code is an error code, or an HTTP status 400..599";
    }
  } else if (name == "latency_ms") {
    if (!number || !(*number >= 0 && *number <= 3'600'000)) return "latency_ms is 0..3600000";
    fault.latency = connect::milliseconds(static_cast<std::int64_t>(*number));
  } else {
    return "unknown member " + name;
  }
  return {};
}

Answer error_of(const Fault& fault, int status, const std::string& code, std::string message, bool modelled) {
  ServiceError error{fault.http_status.value_or(status), fault.code.empty() ? code : fault.code, std::move(message),
                     modelled};
  return answer_of(error);
}

}  // namespace

connect::Result<Fault> read_fault(const Json& body) {
  if (!body.is_object()) return usage("a fault is an object");
  if (!body.find("mode")) return usage("mode is missing");
  Fault fault;
  for (const auto& [name, value] : *body.members())
    if (auto wrong = read_member(name, value, fault); !wrong.empty()) return usage(wrong);
  if (fault.mode == Mode::slow && !body.find("latency_ms")) fault.latency = connect::milliseconds(1000);
  return fault;
}

Json to_json(const Fault& fault) {
  Json json = Json::object({{"operation", fault.operation},
                            {"mode", text_of_mode(fault.mode)},
                            {"rate", fault.rate},
                            {"count", fault.count},
                            {"when", fault.after ? "after" : "before"},
                            {"latency_ms", static_cast<std::int64_t>(fault.latency.count())}});
  if (!fault.code.empty()) json.set("code", fault.code);
  if (fault.http_status) json.set("code", *fault.http_status);
  return json;
}

void Faults::set(Fault fault) {
  std::string operation = fault.operation;
  faults_.insert_or_assign(std::move(operation), std::move(fault));
}

std::optional<Fault> Faults::meet(const std::string& operation, Random& dice) {
  auto at = faults_.find(operation);
  if (at == faults_.end()) at = faults_.find("*");
  if (at == faults_.end()) return std::nullopt;
  Fault& fault = at->second;
  if ((fault.count && *fault.count == 0) || !dice.chance(fault.rate)) return std::nullopt;
  if (fault.count) --*fault.count;
  return fault;
}

Json Faults::report() const {
  Json::Array all;
  for (const auto& [operation, fault] : faults_) all.push_back(to_json(fault));
  return all;
}

Answer spoiled(const Fault& fault, Answer whole) {
  Answer answer;
  switch (fault.mode) {
    case Mode::throttle:
      answer = error_of(fault, 429, "TooManyRequestsException", "Too Many Requests", false);
      break;
    case Mode::http_500:
      answer = error_of(fault, 500, "InternalServiceException", "The service failed (simulated fault)", true);
      break;
    case Mode::http_502_html:
      answer.status = fault.http_status.value_or(502);
      answer.headers = {{"content-type", "text/html"}};
      answer.body =
          "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
          "<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n";
      break;
    case Mode::drop:
      answer.ending = Answer::Ending::drop;
      break;
    case Mode::stall:
      answer.ending = Answer::Ending::stall;
      break;
    case Mode::truncate:
      answer = std::move(whole);
      answer.ending = Answer::Ending::truncate;
      break;
    case Mode::garbage:
      answer.headers = {{"content-type", "application/json"}};
      answer.body = "{\"UserDataList\":[{]\xFF\xFE not json";
      break;
    case Mode::expired_token:
      answer =
          error_of(fault, 403, "ExpiredTokenException", "The security token included in the request is expired", false);
      break;
    case Mode::access_denied:
      answer =
          error_of(fault, 403, "AccessDeniedException",
                   "User: arn:aws:iam::123456789012:user/simulated is not authorized to perform this action with an "
                   "explicit deny (simulated fault)",
                   true);
      break;
    case Mode::slow:
      answer = std::move(whole);
      break;
  }
  answer.wait = fault.latency;
  return answer;
}

}  // namespace perch::simulator
