#pragma once
// One agent of one host: the worker's thread on one side, tickets and events on the other. One thread owns it.
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "connect/worker.h"
#include "overlay/cli/action.h"
#include "overlay/config.h"
#include "plugin/shown.h"

namespace perch::plugin {

class Agent {
 public:
  /// `host` outlives the agent.
  Agent(const overlay::Configuration& config, const perch_host_t& host);

  bool is_main_thread() const { return std::this_thread::get_id() == main_thread_; }

  void take_over();
  bool next_event(perch_event_t& event);
  const perch_snapshot_t* snapshot() const { return shown_ ? &shown_->snapshot() : nullptr; }
  std::uint64_t ask(const overlay::cli::Action& action);

 private:
  struct Happened {
    std::uint64_t ticket = 0;  // 0: the snapshot changed
    std::int32_t verdict = 0;
    std::uint32_t ended_acw = 0;
    std::string text{};
    std::string request_id{};
  };
  struct Pending {
    std::uint64_t ticket = 0;
    std::string tried;
    connect::Wish wish;
    connect::Mono asked_at{};
  };

  void collect_outcome(const connect::Session& session);
  void conclude(Happened happened);

  const perch_host_t& host_;
  std::thread::id main_thread_ = std::this_thread::get_id();
  std::uint64_t last_ticket_ = 0;
  std::optional<Pending> pending_;
  std::deque<Happened> events_;
  Happened told_;                                    // what the last event's strings point to
  std::shared_ptr<const connect::Session> session_;  // what the host can see
  std::unique_ptr<Shown> shown_;
  connect::Worker worker_;  // last: its thread ends before anything it calls
};

}  // namespace perch::plugin
