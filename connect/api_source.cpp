#include "connect/api_source.h"

#include <algorithm>
#include <deque>
#include <map>
#include <utility>
#include <vector>

#include "connect/clock.h"
#include "connect/clock_skew.h"
#include "connect/credential_keeper.h"
#include "connect/printable.h"
#include "connect/redact.h"
#include "connect/sigv4.h"
#include "connect/wire.h"

namespace perch::connect {
namespace {

constexpr std::size_t longest_id = 128;  ///< of a request, as somebody else gives it

/// A list of statuses or one agent's data never takes this many pages; without an end, each with a token of its own,
/// paging would use up the account's request rate.
constexpr std::size_t most_pages = 100;

std::string_view operation_of(const Effect& effect) {
  return std::visit(overloaded{
                        [](const FetchSnapshot&) { return "GetCurrentUserData"; },
                        [](const FetchStatuses&) { return "ListAgentStatuses"; },
                        [](const FetchProfile&) { return "DescribeUser"; },
                        [](const PutStatus&) { return "PutUserStatus"; },
                        [](const Dismiss&) { return "DismissUserContact"; },
                    },
                    effect);
}

/// One effect on its way: which it was, when it left, and the pages so far.
struct Call {
  Effect effect;
  Mono asked_at{};
  std::vector<AgentStatus> statuses{};
  std::vector<std::string> tokens{};  ///< seen so far; one that comes twice ends the paging
  microseconds skew{};                ///< of the clock it was signed by
  bool clock_corrected = false;       ///< sent once more after a refusal of its time
  Credentials signed_by{};
  bool keys_renewed = false;           ///< sent once more after a refusal of its credentials
  std::vector<std::string> secrets{};  ///< of the request on its way: must not come back in a message
};

bool is_write(const Effect& effect) {
  return std::holds_alternative<PutStatus>(effect) || std::holds_alternative<Dismiss>(effect);
}

/// A write that did not leave: it goes out only after another look, since by then the situation may be another one.
Error not_sent(const Call& call, const char* why) {
  return Error{.code = Code::unreachable, .message = std::string(operation_of(call.effect)) + ": " + why};
}

class ApiSource : public Source {
 public:
  ApiSource(ApiOptions options, std::unique_ptr<Transport> transport)
      : options_(std::move(options)),
        transport_(std::move(transport)),
        keeper_({options_.credentials, options_.credentials_at_once, options_.watch_credentials,
                 options_.cancel_credentials},
                [this] { transport_->wake(); }) {}

  void run(const Effect& effect) override { send(Call{.effect = effect, .asked_at = mono_now()}); }

  std::vector<Event> wait(milliseconds longest) override {
    for (const Call& call : waiting_) {
      const auto left = std::chrono::ceil<milliseconds>(call.asked_at + options_.timeout - mono_now());
      longest = std::clamp(left, milliseconds(0), longest);
    }
    if (!ready_.empty()) longest = milliseconds(0);
    for (Exchange& done : transport_->wait(longest)) {
      auto at = calls_.find(done.ticket);
      if (at == calls_.end()) continue;
      Call call = std::move(at->second);
      calls_.erase(at);
      if (done.outcome) done.outcome = redacted(*std::move(done.outcome), call.secrets);
      finish(std::move(call), done.outcome);
    }
    look_at_credentials();
    return std::exchange(ready_, {});
  }

  void wake() noexcept override { transport_->wake(); }

 private:
  HttpRequest request_for(const Effect& effect, const std::string& token) const {
    return std::visit(
        overloaded{
            [&](const FetchSnapshot&) { return user_data(options_.instance, std::vector{options_.user}, token); },
            [&](const FetchStatuses&) { return list_agent_statuses(options_.instance, token); },
            [&](const FetchProfile&) { return describe_user(options_.instance, options_.user); },
            [&](const PutStatus& put) { return put_user_status(options_.instance, options_.user, put.id); },
            [&](const Dismiss& d) { return dismiss_contact(options_.instance, options_.user, d.contact); },
        },
        effect);
  }

  /// Who waits for credentials goes on with them, or without any.
  void look_at_credentials() {
    for (auto calls = std::exchange(waiting_, {}); Call & call : calls) {
      if (mono_now() < call.asked_at + options_.timeout || keeper_.get(wall_now() + skew_)) {
        send(std::move(call));
        continue;
      }
      const auto waited = std::chrono::round<std::chrono::seconds>(options_.timeout).count();
      fail(call, Error{.code = Code::unauthenticated,
                       .message = std::string(operation_of(call.effect)) + ": no credentials within " +
                                  std::to_string(waited) + " s; they are still being fetched"});
    }
    if (keeper_.fetched_anew() && std::exchange(told_unauthenticated_, false)) ready_.emplace_back(Refresh{});
    if (auto news = keeper_.news()) ready_.emplace_back(SignInTold{*std::move(news)});
  }

  /// The first page, or the one after the last token.
  void send(Call call) {
    call.skew = skew_;
    const Wall signing_time = wall_now() + skew_;
    const auto known = keeper_.get(signing_time);
    if (!known && is_write(call.effect)) return fail(call, not_sent(call, "credentials are being fetched"));
    if (!known) return waiting_.push_back(std::move(call));
    const Result<Credentials>& credentials = *known;
    if (!credentials) return fail(call, credentials.error());
    call.signed_by = *credentials;
    HttpRequest request = request_for(call.effect, call.tokens.empty() ? std::string() : call.tokens.back());
    request.origin = options_.endpoint;
    request.headers.emplace_back("user-agent", "perch/" PERCH_VERSION);
    auto signed_one = signed_request(std::move(request), *credentials, Scope{options_.region, "connect"}, signing_time);
    if (!signed_one) return fail(call, signed_one.error());
    call.secrets = secrets_in(*signed_one);
    calls_.emplace(transport_->start(*signed_one, options_.timeout), std::move(call));
  }

  void finish(Call call, const Result<HttpResponse>& outcome) {
    if (!outcome) {
      Error why = outcome.error();
      why.message = std::string(operation_of(call.effect)) + ": " + why.message;
      return fail(call, why);
    }
    if (correct_clock(call, *outcome)) return send(std::move(call));
    if (renew_credentials(call, *outcome)) {
      if (is_write(call.effect))
        return fail(call, not_sent(call, "the credentials had ended; new ones are being fetched"));
      return send(std::move(call));
    }
    std::visit([&](const auto& effect) { answer(effect, call, *outcome); }, call.effect);
  }

  /// The PC's clock is wrong and Connect says so: learn from its Date and sign again, once.
  bool correct_clock(Call& call, const HttpResponse& response) {
    if (call.clock_corrected) return false;
    const auto skew = clock_skew(response, wall_now(), call.skew);
    if (!skew) return false;
    skew_ = *skew;
    call.clock_corrected = true;
    return true;
  }

  /// Connect does not take these credentials (any more). True: others are on their way, and this call may try them,
  /// once.
  bool renew_credentials(Call& call, const HttpResponse& response) {
    if (response.status < 400) return false;
    const Error why = error_of(response, operation_of(call.effect));
    if (why.code != Code::unauthenticated) return false;
    keeper_.reject(call.signed_by, why);
    if (options_.credentials_at_once || std::exchange(call.keys_renewed, true)) return false;
    return true;
  }

  void next_page(Call& call, std::string token, int status) {
    if (std::find(call.tokens.begin(), call.tokens.end(), token) != call.tokens.end())
      return fail(call, Error{.code = Code::malformed,
                              .message = std::string(operation_of(call.effect)) + ": the same page was announced twice",
                              .http_status = status});
    if (call.tokens.size() + 1 >= most_pages)
      return fail(call, Error{.code = Code::malformed,
                              .message = std::string(operation_of(call.effect)) + ": pages without an end",
                              .http_status = status});
    call.tokens.push_back(std::move(token));
    call.clock_corrected = call.keys_renewed = false;
    send(std::move(call));
  }

  void fail(const Call& call, const Error& reason) {
    const Error why = redacted(reason, call.secrets);
    told_unauthenticated_ = told_unauthenticated_ || why.code == Code::unauthenticated;
    std::visit(overloaded{
                   [&](const FetchSnapshot& f) {
                     ready_.emplace_back(SnapshotArrived{f.serial, why});
                   },
                   [&](const FetchStatuses&) { ready_.emplace_back(StatusesArrived{why}); },
                   [&](const FetchProfile&) { ready_.emplace_back(ProfileArrived{why}); },
                   [&](const PutStatus& put) {
                     ready_.emplace_back(WriteAnswered{put.serial, why});
                   },
                   [&](const Dismiss& d) {
                     ready_.emplace_back(WriteAnswered{d.serial, why});
                   },
               },
               call.effect);
  }

  void answer(const FetchSnapshot& fetch, Call& call, const HttpResponse& response) {
    auto page = parse_user_data(response);
    if (!page) return fail(call, page.error());
    Seen seen;
    seen.agent.user = options_.user;
    for (AgentSnapshot& agent : page->agents)
      if (agent.user == options_.user) seen.agent = std::move(agent);
    // Only the last page can tell that somebody is not there.
    if (!seen.agent.present && !page->next_token.empty())
      return next_page(call, std::move(page->next_token), response.status);
    seen.asked_at = call.asked_at;
    seen.seen_at = mono_now();
    seen.fetched_at = wall_now();
    if (const std::string* date = header(response, "date")) seen.date = http_date(*date);
    if (const std::string* id = header(response, "x-amzn-requestid"))
      seen.request_id = redacted(printable(*id, longest_id), call.secrets);
    ready_.emplace_back(SnapshotArrived{fetch.serial, std::move(seen)});
  }

  void answer(const FetchStatuses&, Call& call, const HttpResponse& response) {
    auto page = parse_agent_statuses(response);
    if (!page) return fail(call, page.error());
    for (AgentStatus& status : page->statuses) call.statuses.push_back(std::move(status));
    if (page->next_token.empty()) {
      ready_.emplace_back(StatusesArrived{std::move(call.statuses)});
      return;
    }
    next_page(call, std::move(page->next_token), response.status);
  }

  void answer(const FetchProfile&, const Call& call, const HttpResponse& response) {
    auto profile = parse_user(response);
    if (!profile) return fail(call, profile.error());
    ready_.emplace_back(ProfileArrived{std::move(*profile)});
  }

  void answer(const PutStatus& put, const Call& call, const HttpResponse& response) {
    ready_.emplace_back(WriteAnswered{put.serial, request_id_of(call, response)});
  }
  void answer(const Dismiss& dismiss, const Call& call, const HttpResponse& response) {
    ready_.emplace_back(WriteAnswered{dismiss.serial, request_id_of(call, response)});
  }

  static Result<std::string> request_id_of(const Call& call, const HttpResponse& response) {
    auto done = parse_done(response, operation_of(call.effect));
    if (!done) return redacted(done.error(), call.secrets);
    const std::string* id = header(response, "x-amzn-requestid");
    return id ? redacted(printable(*id, longest_id), call.secrets) : std::string();
  }

  ApiOptions options_;
  std::unique_ptr<Transport> transport_;
  std::map<Ticket, Call> calls_;
  std::deque<Call> waiting_;  ///< reads, for credentials
  std::vector<Event> ready_;
  bool told_unauthenticated_ = false;
  microseconds skew_{};      ///< what to add to the PC's clock for a signature that Connect takes
  CredentialKeeper keeper_;  ///< last: its thread wakes the transport
};

}  // namespace

std::unique_ptr<Source> api_source(ApiOptions options, std::unique_ptr<Transport> transport) {
  return std::make_unique<ApiSource>(std::move(options), std::move(transport));
}

}  // namespace perch::connect
