#pragma once
// A simulated service at a fixed time, and a client for it.
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "connect/simulator/service.h"

namespace perch::simulator::test {

using connect::Json;

inline const Key desk_key{"AKIAEXAMPLE", "secret", "eu-central-1"};

/// A service at a fixed time, and a client that signs with the stages the service checks by (that these are right is
/// shown by the published vector and by the official clients).
struct Desk {
  PcTime now{Wall(std::chrono::seconds(1'795'080'600)), {}};
  Service service;
  std::string instance = service.instance_id();
  std::string user = service.world().agents()[0].id.value;

  explicit Desk(ServiceOptions options = {default_scenario(), desk_key}) : service(std::move(options), now.wall) {}

  Answer ask(const std::string& method, const std::string& target, const std::string& body = {},
             const std::string& service_name = desk_key.service) {
    auto date = amz_date(now.wall);
    Request request{method, target, {{"host", "127.0.0.1:1"}, {"x-amz-date", date}}, body};
    Authorization scope{desk_key.access_key_id,
                        date.substr(0, 8),
                        desk_key.region,
                        service_name,
                        "aws4_request",
                        "host;x-amz-date",
                        {}};
    auto to_sign = string_to_sign(date, scope, canonical_request(request, scope));
    request.headers.emplace_back("authorization",
                                 "AWS4-HMAC-SHA256 Credential=" + desk_key.access_key_id + '/' + scope.date + '/' +
                                     desk_key.region + '/' + service_name +
                                     "/aws4_request, SignedHeaders=" + scope.signed_headers +
                                     ", Signature=" + signature(desk_key.secret_access_key, scope, to_sign));
    return service.answer(request, now);
  }
  Answer control(const std::string& method, const std::string& target, const std::string& body = {},
                 const std::string& host = "localhost:1") {
    return service.answer(
        {method, "/_sim/" + target, {{"Host", host}, {"Content-Type", "application/json; charset=utf-8"}}, body}, now);
  }
  Json read() {
    auto answer = ask("POST", "/metrics/userdata/" + instance, R"({"Filters":{"Agents":[")" + user + R"("]}})");
    REQUIRE(answer.status == 200);
    return connect::parse_json(answer.body)->find("UserDataList")->items()->front();
  }
  Answer put(std::size_t status) {
    return ask("PUT", "/users/" + instance + '/' + user + "/status",
               R"({"AgentStatusId":")" + service.world().statuses()[status].id.value + R"("})");
  }
  std::string place(const std::string& more = "") {
    auto answer = control("POST", "contacts", R"({"channel":"VOICE","user_id":")" + user + '"' + more + '}');
    REQUIRE(answer.status == 200);
    return *connect::parse_json(answer.body)->text_at("contact_id");
  }
};

inline std::string header(const Answer& answer, std::string_view name) {
  for (const auto& [key, value] : answer.headers)
    if (key == name) return value;
  return {};
}

}  // namespace perch::simulator::test
