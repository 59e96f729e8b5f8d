#include "overlay/cli/read.h"
#include "overlay/api_options.h"

#include <algorithm>

#include "connect/clock.h"
#include "connect/drive.h"
#include "connect/http_curl.h"
#include "overlay/find_place.h"

namespace perch::overlay::cli {
namespace {

using connect::Error;
using connect::Session;

/// One exchange may take this share of the whole command: an answer that never comes leaves time to look what became
/// of the request, and to try again.
connect::milliseconds exchange_timeout(connect::milliseconds whole) {
  return std::clamp(whole * 2 / 5, std::min(whole, connect::milliseconds(1000)), whole);
}

// A read is over when it is there or when the session will not try it again.
bool statuses_over(const Session& s) { return s.statuses || (!s.fetching_statuses && !s.statuses_at); }
bool snapshot_over(const Session& s) { return s.latest || (s.fetching.empty() && !s.poll_at); }
bool profile_over(const Session& s) { return s.profile || (!s.fetching_profile && !s.profile_at); }

bool failed(const Session& s) { return (!s.latest && snapshot_over(s)) || (!s.statuses && statuses_over(s)); }

}  // namespace

connect::Result<std::unique_ptr<connect::Source>> open_source(const Call& call) {
  const Target& target = call.config.target;
  connect::CurlOptions curl;
  curl.ca_bundle = target.ca_bundle;
  connect::ApiOptions api = api_options(target, exchange_timeout(call.config.window.timeout), false);
  api.credentials = logged(target.credentials, call.log);
  auto transport = forgetful(logged(connect::curl_transport(curl), call.log), target, state_folder(surroundings().env));
  return connect::api_source(std::move(api), std::move(transport));
}

connect::SessionOptions session_options(const Call& call) {
  connect::SessionOptions options;
  options.user = call.config.target.user;
  options.plan.idle = call.config.window.poll;
  options.polls = false;
  options.seed = static_cast<std::uint64_t>(connect::wall_now().time_since_epoch().count());
  return options;
}

connect::Result<Session> read_session(const connect::SessionOptions& options, connect::Source& source,
                                      const Call& call) {
  Session session;
  session.options = options;
  const auto done = [](const Session& s) {
    return failed(s) || (snapshot_over(s) && statuses_over(s) && profile_over(s));
  };
  session = connect::drive(std::move(session), source, connect::Started{}, done, call.deadline, decision_log(call.log));
  if (!session.statuses && statuses_over(session)) return *session.statuses_trouble;
  if (!session.latest) return snapshot_over(session) ? *session.trouble : out_of_time(session.trouble);
  if (!session.statuses) return out_of_time(session.statuses_trouble);
  return session;
}

Error out_of_time(const std::optional<Error>& last) {
  if (last) return *last;
  return Error{connect::Code::timed_out, "no answer in time"};
}

}  // namespace perch::overlay::cli
