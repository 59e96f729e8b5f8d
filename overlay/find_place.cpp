#include "overlay/find_place.h"

#include <algorithm>
#include <mutex>

#include "connect/clock.h"
#include "connect/http_curl.h"
#include "connect/places.h"
#include "connect/sign_in/caller_identity.h"
#include "connect/wire.h"
#include "overlay/own_file.h"

namespace perch::overlay {
namespace {

using connect::Code;
using connect::Done;
using connect::Error;
using connect::Mono;
using connect::Result;

constexpr std::size_t most_bytes = 256U << 10U;
constexpr connect::milliseconds longest_exchange{5'000};

std::string places_file(const std::string& folder) { return folder + "/places.json"; }

connect::Places load(const std::string& folder) {
  if (folder.empty()) return {};
  const auto text = read_own_file(places_file(folder), most_bytes);
  return text ? connect::places_in(*text) : connect::Places{};
}

/// A memory that is lost costs one more question.
void save(const std::string& folder, const connect::Places& places) {
  if (!folder.empty()) (void)replace_own_file(places_file(folder), connect::to_text(places) + "\n");
}

connect::Sought sought_of(const Target& target, Needs needs) {
  return {target.instance, target.alias, target.user, target.username, needs != Needs::connect};
}

void take(Target& target, const connect::Place& place) {
  target.instance = place.instance;
  target.alias = place.alias;
  target.user = place.user;
  target.username = place.username;
}

/// One transport, asked for one thing at a time.
class Line {
 public:
  Line(std::unique_ptr<connect::Transport> transport, Mono deadline, std::stop_token stop)
      : transport_(std::move(transport)),
        deadline_(deadline),
        stop_(std::move(stop)),
        woken_(stop_, [this] { transport_->wake(); }) {}

  Result<connect::HttpResponse> fetch(const connect::HttpRequest& request, connect::milliseconds timeout) {
    const auto left = std::chrono::ceil<connect::milliseconds>(deadline_ - connect::mono_now());
    if (left <= connect::milliseconds(0)) return Error{Code::timed_out, "no answer in time"};
    const connect::Ticket ticket = transport_->start(request, std::min(timeout, left));
    while (!stop_.stop_requested())
      for (connect::Exchange& ended : transport_->wait(std::min(timeout, left)))
        if (ended.ticket == ticket) return std::move(ended.outcome);
    return Error{Code::cancelled, "given up"};
  }

  void until(Mono deadline) { deadline_ = deadline; }

  /// False: given up, or no time is left to try again.
  bool pause(connect::milliseconds wanted) {
    const Mono until = connect::mono_now() + wanted;
    if (until >= deadline_) return false;
    while (!stop_.stop_requested() && connect::mono_now() < until)
      (void)transport_->wait(std::chrono::ceil<connect::milliseconds>(until - connect::mono_now()));
    return !stop_.stop_requested();
  }

 private:
  std::unique_ptr<connect::Transport> transport_;
  Mono deadline_;
  std::stop_token stop_;
  std::stop_callback<std::function<void()>> woken_;
};

/// Credentials that take their time (a program to run, a role to assume) are asked for once: until a minute before
/// their end, or until Connect did not take them.
class KeptKeys {
 public:
  explicit KeptKeys(const Target& target) : provider_(target.credentials), at_once_(target.credentials_at_once) {}

  Result<connect::Credentials> get(connect::Wall now) {
    constexpr std::chrono::minutes spare{1};
    if (kept_ && (!kept_->expires || now + spare < *kept_->expires)) return *kept_;
    auto fresh = provider_(now);
    if (fresh && !at_once_) kept_ = *fresh;
    return fresh;
  }
  void look_at(const Result<connect::HttpResponse>& answer) {
    if (answer && answer->status >= 400 && connect::error_of(*answer, "").code == Code::unauthenticated) kept_.reset();
  }

 private:
  connect::CredentialsProvider provider_;
  bool at_once_;
  std::optional<connect::Credentials> kept_;
};

class ForgetfulTransport : public connect::Transport {
 public:
  ForgetfulTransport(std::unique_ptr<connect::Transport> transport, const Target& target, std::string folder)
      : transport_(std::move(transport)), instance_(target.instance), user_(target.user), folder_(std::move(folder)) {}

  connect::Ticket start(const connect::HttpRequest& request, connect::milliseconds timeout) override {
    return transport_->start(request, timeout);
  }
  std::vector<connect::Exchange> wait(connect::milliseconds longest) override {
    auto ended = transport_->wait(longest);
    for (const connect::Exchange& one : ended)
      if (one.outcome && (one.outcome->status == 404 || one.outcome->status == 403)) forget();
    return ended;
  }
  void wake() noexcept override { transport_->wake(); }

 private:
  void forget() {
    const connect::Places before = load(folder_);
    connect::Places after = before;
    connect::forget(after, instance_, user_);
    if (after != before) save(folder_, after);
  }

  std::unique_ptr<connect::Transport> transport_;
  connect::InstanceId instance_;
  connect::UserId user_;
  std::string folder_;
};

}  // namespace

Asking ask_about(const Target& target, const Log& log, Mono deadline, std::stop_token stop,
                 const std::string& forgets_in) {
  connect::CurlOptions curl;
  curl.ca_bundle = target.ca_bundle;
  auto transport = forgetful(logged(connect::curl_transport(curl), log), target, forgets_in);
  auto line = std::make_shared<Line>(std::move(transport), deadline, std::move(stop));
  const connect::Fetch fetch = [line](const connect::HttpRequest& request, connect::milliseconds timeout) {
    return line->fetch(request, timeout);
  };
  const connect::Pause pause = [line](connect::milliseconds wanted) { return line->pause(wanted); };
  Asking asking;
  asking.pause = pause;
  asking.until = [line](Mono at) { line->until(at); };
  const auto keys = std::make_shared<KeptKeys>(target);
  const connect::CredentialsProvider provider = [keys](connect::Wall now) { return keys->get(now); };
  const auto ask = connect::ask_connect({target.endpoint, target.region, provider, longest_exchange}, fetch, pause,
                                        connect::wall_now);
  asking.connect = [ask, keys](connect::HttpRequest request) {
    auto answer = ask(std::move(request));
    keys->look_at(answer);
    return answer;
  };
  asking.who = [fetch, target, keys]() -> Result<std::string> {
    const connect::Wall now = connect::wall_now();
    const auto credentials = keys->get(now);
    if (!credentials) return credentials.error();
    auto caller =
        connect::caller_identity(fetch, target.sts_endpoint, target.region, *credentials, now, longest_exchange);
    if (!caller) return caller.error();
    return std::move(caller->session_name);
  };
  return asking;
}

bool is_found(const Target& target, Needs needs) { return sought_of(target, needs).complete(); }

Result<Done> find_place(Target& target, Needs needs, const Asking& asking, const std::string& folder) {
  if (is_found(target, needs)) return Done{};
  connect::Places known = load(folder);
  const connect::Places before = known;
  const connect::Lookup lookup{target.endpoint, target.region, asking.connect, asking.who, connect::wall_now()};
  const auto place = connect::locate(sought_of(target, needs), lookup, known);
  if (known != before) save(folder, known);
  if (!place) return place.error();
  take(target, *place);
  return Done{};
}

bool recall_place(Target& target, Needs needs, const std::string& folder) {
  if (is_found(target, needs)) return true;
  const Error none{Code::not_found, "not known"};
  const connect::AskConnect nobody = [&](const connect::HttpRequest&) -> Result<connect::HttpResponse> { return none; };
  const connect::WhoCalls unknown = [&]() -> Result<std::string> { return none; };
  connect::Places known = load(folder);
  const auto place = connect::locate(sought_of(target, needs),
                                     {target.endpoint, target.region, nobody, unknown, connect::wall_now()}, known);
  if (place) take(target, *place);
  return place && is_found(target, needs);
}

std::unique_ptr<connect::Transport> forgetful(std::unique_ptr<connect::Transport> transport, const Target& target,
                                              const std::string& folder) {
  if (folder.empty()) return transport;
  return std::make_unique<ForgetfulTransport>(std::move(transport), target, folder);
}

std::string state_folder(const connect::GetEnv& env) {
  // The specification: relative ones are ignored.
  if (const auto state = env("XDG_STATE_HOME"); state && state->starts_with('/')) return *state + "/perch";
  const auto home = env("HOME");
  return home && home->starts_with('/') ? *home + "/.local/state/perch" : std::string();
}

}  // namespace perch::overlay
