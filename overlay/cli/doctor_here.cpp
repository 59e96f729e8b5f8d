#include "overlay/cli/doctor_here.h"

#include <array>
#include <cstdio>

#include "connect/budget.h"
#include "connect/poll_plan.h"
#include "overlay/request_log.h"

namespace perch::overlay::cli {
namespace {

using connect::Code;
using connect::Json;

std::string decimals(double value, int places) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.*f", places, value);
  return text.data();
}

std::string seconds_text(connect::milliseconds time) {
  const double seconds = static_cast<double>(time.count()) / 1000;
  return connect::to_text(Json(seconds)) + " s";
}

/// An agent with one contact in this state, to ask the plan about.
connect::AgentSnapshot agent_with(connect::ContactState state) {
  connect::AgentSnapshot agent;
  agent.present = true;
  agent.contacts.emplace_back();
  agent.contacts.back().state = state;
  return agent;
}

}  // namespace

Section version_section(const std::string& system) {
  Section section{"version", "Version", {}};
  section.findings.push_back({"perch", Mark::ok, "perch " PERCH_VERSION, Json::object({{"value", PERCH_VERSION}})});
  if (!system.empty())
    section.findings.push_back({"system", Mark::ok, "on " + system, Json::object({{"value", system}})});
  return section;
}

Section configuration_section(const Examined& examined) {
  Section section{"configuration", "Configuration: each value and what said so", {}};
  for (const Origin& origin : examined.config.origins)
    section.findings.push_back({origin.key, Mark::ok, origin.key + ": " + origin.value + "  (" + origin.from + ")",
                                Json::object({{"value", origin.value}, {"origin", origin.from}})});
  for (const std::string& warning : examined.config.warnings)
    section.findings.push_back({"warning", Mark::warning, warning});
  for (const std::string& refusal : examined.refusals) section.findings.push_back({"refused", Mark::failed, refusal});
  if (section.findings.empty()) section.findings.push_back({"nothing", Mark::warning, "nothing is configured"});
  return section;
}

Section credentials_section(const connect::Result<connect::Credentials>& found, const std::string& kind,
                            connect::Wall now) {
  Section section{"credentials", "Credentials", {}};
  if (!found) {
    section.findings.push_back({"credentials", Mark::failed, found.error().message, Json::object({{"kind", kind}})});
    return section;
  }
  const bool session = !found->session_token.empty();
  const std::string end = key_id_end(*found);
  section.findings.push_back(
      {"credentials", Mark::ok,
       "by " + kind + (kind == found->origin ? "" : ", " + found->origin) + ": " +
           (session ? "session" : "long-lived") + " keys, key id " + end,
       Json::object({{"kind", kind}, {"origin", found->origin}, {"session", session}, {"key_id_end", end}})});
  if (!found->expires) {
    if (session)
      section.findings.push_back({"expiry", Mark::unchecked, "expiry: a session, and nobody says until when",
                                  Json::object({{"expires", nullptr}})});
    return section;
  }
  const auto left = std::chrono::floor<std::chrono::minutes>(*found->expires - now).count();
  const auto expires =
      static_cast<double>(std::chrono::floor<std::chrono::seconds>(*found->expires).time_since_epoch().count());
  section.findings.push_back({"expiry", left < 10 ? Mark::warning : Mark::ok,
                              "expiry: " + utc_text(*found->expires) + ", in " + std::to_string(left) + " min",
                              Json::object({{"expires", expires}})});
  return section;
}

Section poll_section(connect::milliseconds idle) {
  constexpr double account_rate = 2;  // requests a second, each operation, of the whole account and region
  connect::PollPlan plan;
  plan.idle = idle;
  const auto contact = connect::interval_for(plan, agent_with(connect::ContactState::connected));
  const auto ringing = connect::interval_for(plan, agent_with(connect::ContactState::connecting));
  const double rate = 1000.0 / static_cast<double>(idle.count());
  const double agents = account_rate / rate;
  Section section{"poll_plan", "Poll plan", {}};
  const auto in_s = [](connect::milliseconds time) { return static_cast<double>(time.count()) / 1000; };
  section.findings.push_back(
      {"intervals", Mark::ok,
       "GetCurrentUserData every " + seconds_text(idle) + " while idle, " + seconds_text(contact) + " on a contact, " +
           seconds_text(ringing) + " while ringing and in wrap-up; lists every 15 min",
       Json::object({{"idle_s", in_s(idle)}, {"contact_s", in_s(contact)}, {"ringing_s", in_s(ringing)}})});
  std::string many;
  Json::Object cost;
  for (const int count : {1, 10, 30, 100}) {
    many += (many.empty() ? "" : ", ") + std::to_string(count) + ": " + decimals(rate * count, 2) + "/s";
    cost.emplace_back(std::to_string(count), rate * count);
  }
  const bool too_fast = rate * 2 > account_rate;
  section.findings.push_back(
      {"budget", too_fast ? Mark::warning : Mark::ok,
       "the account has about 2/s for each operation, for everybody; idle agents take " + many + "; " +
           decimals(agents, agents < 10 ? 1 : 0) + " use it up; this overlay never reads more than " +
           decimals(connect::Allowance().per_second, 0) + "/s, " + decimals(connect::Allowance().burst, 0) +
           " at once" + (too_fast ? ": too fast for more than one, see --poll" : ""),
       Json::object({{"requests_per_s", rate},
                     {"account_requests_per_s", account_rate},
                     {"agents_at_limit", agents},
                     {"by_agents", std::move(cost)}})});
  return section;
}

Section files_section(const std::vector<FileFact>& facts) {
  Section section{"files", "Files", {}};
  for (const FileFact& fact : facts) {
    std::array<char, 8> mode{};
    std::snprintf(mode.data(), mode.size(), "%04o", fact.mode & 07777U);
    const bool bad = fact.there && fact.ours_alone && fact.open_to_others;
    section.findings.push_back(
        {fact.id, bad ? Mark::warning : Mark::ok,
         fact.what + ": " + (fact.path.empty() ? "nowhere" : fact.path) +
             (fact.there ? std::string(", mode ") + mode.data() : std::string(", not there")) +
             (bad ? ": others can get at it, it should be yours alone" : ""),
         Json::object(
             {{"path", fact.path}, {"exists", fact.there}, {"mode", fact.there ? Json(mode.data()) : Json()}})});
  }
  return section;
}

Section overlay_section(const connect::Result<DoorAnswer>& answer) {
  Section section{"overlay", "Running overlay", {}};
  Finding finding{"overlay", Mark::ok, ""};
  if (answer) {
    finding.text = "runs, pid " + std::to_string(answer->pid) + ", version " + answer->version;
    finding.data = Json::object({{"running", true}, {"pid", answer->pid}, {"version", answer->version}});
    if (answer->version != PERCH_VERSION) {
      finding.mark = Mark::warning;
      finding.text += ": another version than this command's, start it again";
    }
  } else if (answer.error().code == Code::not_found) {
    finding.text = "none of this agent runs";
    finding.data = Json::object({{"running", false}});
  } else if (answer.error().code == Code::invalid) {
    finding.mark = Mark::warning;
    finding.text = "runs, an older version that does not tell more";
    finding.data = Json::object({{"running", true}});
  } else {
    finding.mark = answer.error().code == Code::usage ? Mark::unchecked : Mark::warning;
    finding.text = answer.error().message;
    finding.data = Json::object({{"running", nullptr}});
  }
  section.findings.push_back(std::move(finding));
  return section;
}

}  // namespace perch::overlay::cli
