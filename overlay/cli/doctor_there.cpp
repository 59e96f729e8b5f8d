#include "overlay/cli/doctor_there.h"

#include "connect/wire.h"
#include "overlay/cli/complaint.h"

namespace perch::overlay::cli {
namespace {

using connect::Code;
using connect::Json;
using connect::microseconds;

double in_ms(microseconds time) {
  const auto tenths = (time.count() + 50) / 100;
  return static_cast<double>(tenths) / 10;
}

std::string ms_text(microseconds time) { return connect::to_text(Json(in_ms(time))) + " ms"; }

std::string tenths_of_seconds(microseconds time) {
  const auto tenths = (time.count() + 50'000) / 100'000;
  return connect::to_text(Json(static_cast<double>(tenths) / 10)) + " s";
}

Json ms_or_null(std::optional<microseconds> time) { return time ? Json(in_ms(*time)) : Json(); }

Finding times_finding(const connect::WireReport& wire) {
  std::string words;
  const auto add = [&](const char* name, std::optional<microseconds> at) {
    if (at) words += (words.empty() ? "" : ", ") + std::string(name) + " after " + ms_text(*at);
  };
  add("name looked up", wire.looked_up);
  add("connected", wire.connected);
  add("TLS done", wire.secured);
  add("first byte", wire.first_byte);
  add("all", wire.whole);
  return {"times", Mark::ok, "times: " + words,
          Json::object({{"dns_ms", ms_or_null(wire.looked_up)},
                        {"tcp_ms", ms_or_null(wire.connected)},
                        {"tls_ms", ms_or_null(wire.secured)},
                        {"first_byte_ms", ms_or_null(wire.first_byte)},
                        {"total_ms", in_ms(wire.whole)}})};
}

Finding address_finding(const connect::WireReport& wire) {
  const char* family = wire.address.find(':') == std::string::npos ? "IPv4" : "IPv6";
  return {"address", Mark::ok,
          "address: " + wire.address + " (" + family + ")" + (wire.proxy.empty() ? "" : ", the proxy's"),
          Json::object({{"address", wire.address}, {"family", family}})};
}

Finding tls_finding(const Target& target, const connect::WireReport& wire) {
  const Json data = Json::object({{"version", wire.tls.empty() ? Json() : Json(wire.tls)},
                                  {"issuer", wire.certificate.empty() ? Json() : Json(wire.certificate)}});
  if (target.endpoint.starts_with("http://")) return {"tls", Mark::ok, "TLS: none, plain http to this machine", data};
  if (wire.tls.empty()) return {"tls", Mark::unchecked, "TLS: it did not come to that", data};
  return {"tls", Mark::ok,
          "TLS: " + wire.tls + ", certificate issued by " + (wire.certificate.empty() ? "?" : wire.certificate), data};
}

Finding permission(const Probe& probe) {
  const auto why = probe.why();
  const std::string request = probe.request_id().empty() ? "" : " (request " + probe.request_id() + ")";
  const bool denied = why && (why->code == Code::denied || why->code == Code::unauthenticated);
  const char* verdict = !why ? "allowed" : denied ? "denied" : "failed";
  Finding finding{probe.operation, why ? Mark::failed : Mark::ok, probe.operation + ": " + verdict};
  finding.text = why ? complaint(probe.operation + ": " + verdict, *why) : finding.text + request;
  finding.data = Json::object({{"verdict", verdict},
                               {"http_status", probe.outcome ? Json(probe.outcome->status) : Json()},
                               {"code", why && !why->aws_code.empty() ? Json(why->aws_code) : Json()},
                               {"request_id", probe.request_id().empty() ? Json() : Json(probe.request_id())},
                               {"total_ms", in_ms(probe.wire.whole)}});
  return finding;
}

/// Of a write about an id that nothing has, "no such thing" is the good answer: IAM let it as far as that.
Finding write_permission(const Probe& probe) {
  Finding finding = permission(probe);
  const auto why = probe.why();
  const bool passed = why && (why->code == Code::not_found || why->code == Code::invalid);
  if (passed || !why) {
    finding.mark = why ? Mark::ok : Mark::warning;
    finding.data.set("verdict", why ? "not denied" : "allowed");
    finding.text = probe.operation + ": not denied for an id of zeros, which answered " +
                   (why ? why->aws_code.empty() ? "HTTP " + std::to_string(why->http_status) : why->aws_code
                        : std::string("as if it were there")) +
                   (probe.request_id().empty() ? "" : " (request " + probe.request_id() + ")");
  }
  return finding;
}

}  // namespace

Section reachability_section(const Target& target, const Probe& hello) {
  Section section{"reachability", "Reachability of " + target.endpoint, {}};
  const connect::WireReport& wire = hello.wire;
  if (!hello.outcome) {
    section.findings.push_back({"endpoint", Mark::failed, complaint("no answer", hello.outcome.error())});
  } else {
    const int status = hello.outcome->status;
    const bool redirected = status >= 300 && status < 400;
    // Whoever answers as AWS does gives each request an id.
    const bool strange = redirected || hello.request_id().empty();
    std::string words = "answered HTTP " + std::to_string(status) + " to a request about nothing";
    if (strange) words = "what answered may not be Amazon Connect: " + connect::error_of(*hello.outcome, "").message;
    section.findings.push_back({"endpoint", strange ? Mark::warning : Mark::ok, words,
                                Json::object({{"http_status", status}, {"value", target.endpoint}})});
  }
  section.findings.push_back(times_finding(wire));
  if (!wire.address.empty()) section.findings.push_back(address_finding(wire));
  section.findings.push_back(tls_finding(target, wire));
  section.findings.push_back({"proxy", Mark::ok, "proxy: " + (wire.proxy.empty() ? "none" : wire.proxy),
                              Json::object({{"value", wire.proxy.empty() ? Json() : Json(wire.proxy)}})});
  return section;
}

Section clock_section(const connect::ServerClock& clock, connect::Mono now, connect::Wall wall) {
  Section section{"clock", "Clock", {}};
  const auto there = connect::server_time(clock, now);
  if (!there) {
    section.findings.push_back({"offset", Mark::unchecked, "no answer told the time"});
    return section;
  }
  constexpr microseconds much = std::chrono::seconds(30), too_much = std::chrono::minutes(5);
  const microseconds ahead = wall - *there;
  const microseconds unsure = (clock.bounds->high - clock.bounds->low) / 2;
  const microseconds off = std::chrono::abs(ahead);
  std::string words = off <= unsure ? "this PC's clock agrees with Connect's"
                                    : "this PC's clock is " + tenths_of_seconds(off) +
                                          (ahead < microseconds(0) ? " behind" : " ahead of") + " Connect's";
  words += ", give or take " + tenths_of_seconds(unsure);
  if (off > too_much) words += "; AWS refuses signatures that are 5 minutes off, Perch signs by Connect's time";
  section.findings.push_back({"offset", off > much ? Mark::warning : Mark::ok, words,
                              Json::object({{"offset_s", static_cast<double>(ahead.count()) / 1e6},
                                            {"uncertainty_s", static_cast<double>(unsure.count()) / 1e6}})});
  return section;
}

Section permission_section(const std::vector<Probe>& reads, const std::vector<Probe>& writes) {
  Section section{"permissions", "Permissions", {}};
  for (const Probe& probe : reads) section.findings.push_back(permission(probe));
  if (writes.empty()) {
    section.findings.push_back({"writes", Mark::unchecked,
                                "PutUserStatus, DismissUserContact: nothing was sent; --probe-writes tries them on ids "
                                "that nothing has"});
    return section;
  }
  for (const Probe& probe : writes) section.findings.push_back(write_permission(probe));
  section.findings.push_back(
      {"writes", Mark::ok,
       "a write that is not denied here passed IAM for this agent and an id of zeros; a policy that "
       "names single statuses can still deny a real one, and one that is denied here may permit it"});
  return section;
}

Section unasked_permissions(const std::string& why) {
  return {"permissions", "Permissions", {{"permissions", Mark::unchecked, why}}};
}

std::vector<Section> unasked_sections(const std::string& why) {
  return {{"reachability", "Reachability", {{"endpoint", Mark::unchecked, why}}},
          {"clock", "Clock", {{"offset", Mark::unchecked, why}}},
          unasked_permissions(why)};
}

}  // namespace perch::overlay::cli
