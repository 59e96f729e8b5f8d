#pragma once
// Edge: the ids a target lacks, found by asking. What was found is kept for a day in $XDG_STATE_HOME/perch/places.json.
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "connect/http.h"
#include "connect/locate.h"
#include "overlay/config.h"
#include "overlay/request_log.h"

namespace perch::overlay {

/// The ways to ask: each call blocks, until `deadline` at the longest; after `stop` with Code::cancelled. One thread.
struct Asking {
  connect::AskConnect connect;
  connect::WhoCalls who;
  connect::Pause pause;                      ///< false: given up, or it would last beyond the deadline
  std::function<void(connect::Mono)> until;  ///< another deadline from now on
};
/// `forgets_in`: the folder where this place is forgotten, see `forgetful`; empty: nowhere.
Asking ask_about(const Target& target, const Log& log, connect::Mono deadline, std::stop_token stop,
                 const std::string& forgets_in = {});

/// Has it the ids that `needs` wants?
bool is_found(const Target& target, Needs needs);

/// Fills in ids and names. `folder` is where the memory is; empty: nothing is remembered.
connect::Result<connect::Done> find_place(Target& target, Needs needs, const Asking& asking, const std::string& folder);

/// From memory alone, without asking anybody: only what was named, or the only instance. True when it is found.
bool recall_place(Target& target, Needs needs, const std::string& folder);

/// `transport`, that forgets this place when Connect says that it is not there, or not for us.
std::unique_ptr<connect::Transport> forgetful(std::unique_ptr<connect::Transport> transport, const Target& target,
                                              const std::string& folder);

/// The folder for a user's state, $XDG_STATE_HOME/perch; empty when the environment names none.
std::string state_folder(const connect::GetEnv& env);

}  // namespace perch::overlay
