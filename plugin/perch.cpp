// The table of the ABI. Every entry goes through one gate: nothing thrown leaves the module.
#include "plugin/perch.h"

#include <algorithm>
#include <exception>

#include "connect/json.h"
#include "overlay/find_place.h"
#include "plugin/agent.h"

struct perch_agent : perch::plugin::Agent {
  using Agent::Agent;
};

namespace {

namespace overlay = perch::overlay;
using overlay::cli::Action;

template <class F, class R>
R guarded(const F& f, R on_throw) noexcept {
  try {
    return f();
  } catch (...) {
    return on_throw;
  }
}

bool may(const perch_agent_t* agent) { return agent && agent->is_main_thread(); }

std::optional<std::string> text_of(const char* text) { return text ? std::optional<std::string>(text) : std::nullopt; }

overlay::Flags flags_of(const perch_options_t& options) {
  overlay::Flags flags;
  flags.instance = text_of(options.instance);
  flags.user = text_of(options.user);
  flags.region = text_of(options.region);
  flags.profile = text_of(options.profile);
  flags.endpoint_url = text_of(options.endpoint_url);
  flags.config = text_of(options.config);
  if (options.poll_s != 0) flags.poll = perch::connect::to_text(perch::connect::Json(options.poll_s));
  return flags;
}

void explain(std::string_view reason, char* why, size_t why_size) {
  if (!why || why_size == 0) return;
  reason = reason.substr(0, why_size - 1);
  *std::copy(reason.begin(), reason.end(), why) = '\0';
}

perch_agent_t* PERCH_CALL open_agent(const perch_host_t* host, const perch_options_t* options, char* why,
                                     size_t why_size) {
  explain("out of memory, or no thread to be had", why, why_size);
  return guarded(
      [&]() -> perch_agent_t* {
        if (!host || host->abi_major != PERCH_ABI_MAJOR || !host->request_callback) {
          explain("the host is null, of another major version or without request_callback", why, why_size);
          return nullptr;
        }
        auto config = overlay::configure(options ? flags_of(*options) : overlay::Flags(), overlay::Needs::agent,
                                         overlay::surroundings(false));
        if (!config) {
          explain(config.error().message, why, why_size);
          return nullptr;
        }
        // Names would have to be asked about, and nothing here may wait.
        if (!overlay::recall_place(config->target, overlay::Needs::agent,
                                   overlay::state_folder(overlay::surroundings().env))) {
          explain(
              "instance and user: give their ids; names only after `perch status` has found them with the same "
              "settings",
              why, why_size);
          return nullptr;
        }
        auto agent = std::make_unique<perch_agent>(*config, *host);
        explain("", why, why_size);
        return agent.release();
      },
      static_cast<perch_agent_t*>(nullptr));
}

void PERCH_CALL close_agent(perch_agent_t* agent) {
  if (may(agent)) delete agent;
}

void PERCH_CALL on_main_thread(perch_agent_t* agent) {
  if (may(agent)) guarded([&] { return agent->take_over(), 0; }, 0);
}

int PERCH_CALL next_event(perch_agent_t* agent, perch_event_t* event) {
  if (!may(agent) || !event) return 0;
  return guarded([&] { return agent->next_event(*event) ? 1 : 0; }, 0);
}

const perch_snapshot_t* PERCH_CALL snapshot(perch_agent_t* agent) { return may(agent) ? agent->snapshot() : nullptr; }

template <class MakeAction>
uint64_t ask(perch_agent_t* agent, const MakeAction& make_action) {
  if (!may(agent)) return 0;
  return guarded([&] { return agent->ask(make_action()); }, uint64_t{0});
}

uint64_t PERCH_CALL set(perch_agent_t* agent, const char* status) {
  return status ? ask(agent, [&] { return Action(overlay::cli::SetCommand{status}); }) : 0;
}

uint64_t PERCH_CALL next(perch_agent_t* agent, const char* status) {
  return status ? ask(agent, [&] { return Action(overlay::cli::NextCommand{status}); }) : 0;
}

uint64_t PERCH_CALL cancel_next(perch_agent_t* agent) {
  return ask(agent, [] { return Action(overlay::cli::CancelNextCommand{}); });
}

uint64_t PERCH_CALL clear(perch_agent_t* agent, const char* contact) {
  return ask(agent, [&] {
    overlay::cli::ClearCommand command;
    if (contact) command.contact = perch::connect::ContactId{contact};
    return Action(std::move(command));
  });
}

const void* PERCH_CALL get_extension(const char* /*id*/) { return nullptr; }

constexpr perch_plugin_t table = {
    PERCH_ABI_MAJOR, PERCH_ABI_MINOR, PERCH_VERSION, open_agent, close_agent,
    on_main_thread,  next_event,      snapshot,      set,        next,
    cancel_next,     clear,           get_extension,
};

}  // namespace

const perch_plugin_t* PERCH_CALL perch_entry(uint32_t abi_major) {
  return abi_major == PERCH_ABI_MAJOR ? &table : nullptr;
}
