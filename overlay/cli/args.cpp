#include "overlay/cli/args.h"

#include <CLI/CLI.hpp>
#include <array>

#include "overlay/clean_text.h"

namespace perch::overlay::cli {
namespace {

using connect::Code;
using connect::Error;
using connect::Result;

constexpr const char* version = "perch " PERCH_VERSION;

/// Of the contracts, and not there yet. Hidden from --help.
constexpr std::array later = {"quick-connects"};

void add_connection_flags(CLI::App& app, Flags& flags) {
  app.add_option("--instance", flags.instance, "Instance: id, ARN or alias [PERCH_INSTANCE]; none: the only one")
      ->type_name("NAME|ID");
  app.add_option("--user", flags.user, "Agent: id, ARN or username [PERCH_USER]; none: the caller")
      ->type_name("NAME|ID");
  app.add_option("--region", flags.region, "AWS region [PERCH_REGION, AWS_REGION]")->type_name("NAME");
  app.add_option("--profile", flags.profile, "Profile of the AWS files [PERCH_PROFILE, AWS_PROFILE]")
      ->type_name("NAME");
  app.add_option("--endpoint-url", flags.endpoint_url, "Instead of https://connect.REGION.amazonaws.com")
      ->type_name("URL");
  app.add_option("--config", flags.config, "Instead of $XDG_CONFIG_HOME/perch/config.json")->type_name("FILE");
  app.add_option("--timeout", flags.timeout, "Bounds the whole command, confirmation included (10)")
      ->type_name("SECONDS");
  app.add_option("--poll", flags.poll, "How often an idle agent is looked at (15)")->type_name("SECONDS");
  app.add_option("--log", flags.log, "Append a line for each request")->type_name("FILE");
  app.add_option("--log-level", flags.log_level, "error, info or debug (info)")->type_name("LEVEL");
  app.add_flag("--json", flags.json, "One JSON value on stdout and nothing else");
}

void add_window_flags(CLI::App& app, Flags& flags) {
  app.add_flag("--demo", flags.demo, "The overlay on a simulated Connect of its own")->group("Window");
  app.add_option("--demo-seed", flags.demo_seed, "Another day in the demo")->type_name("N")->group("Window");
  app.add_option("--screenshot", flags.screenshot, "Draw, save, exit")->type_name("FILE.png")->group("Window");
  app.add_option("--view", flags.view, "strip, card or dot")->type_name("VIEW")->group("Window");
  app.add_option("--scale", flags.scale, "Instead of the display's own")->type_name("FACTOR")->group("Window");
  app.add_option("--theme", flags.theme, "system, dark, light or contrast")->type_name("THEME")->group("Window");
  // For measurements and tests: no promise, not in --help.
  app.add_option("--frame-log", flags.frame_log)->group("");
  app.add_option("--layout-log", flags.layout_log)->group("");
  app.add_option("--panel", flags.panel)->group("");
  app.add_option("--clock-step-ms", flags.clock_step_ms)->group("");
}

bool has_window_flags(const Flags& flags) {
  return flags.demo || flags.demo_seed || flags.screenshot || flags.view || flags.scale || flags.theme ||
         flags.frame_log || flags.layout_log || flags.panel || flags.clock_step_ms;
}

/// The commands, and what their own arguments are parsed into.
struct Grammar {
  CLI::App app{
      "Shows an Amazon Connect agent's current and next status, and sets them. Without a command: the overlay."};
  CLI::App* status = app.add_subcommand("status", "The agent's current and next status, and contacts");
  CLI::App* statuses = app.add_subcommand("statuses", "The statuses that can be chosen");
  CLI::App* queues = app.add_subcommand("queues", "The standard queues: who waits, for how long, who is there");
  CLI::App* team = app.add_subcommand("team", "The queues, and what each of their agents does and will do next");
  CLI::App* set = app.add_subcommand("set", "Choose a status: now when idle, next on a contact");
  CLI::App* next = app.add_subcommand("next", "Choose the status after the contact; refused without a live one");
  CLI::App* clear = app.add_subcommand("clear", "End the after contact work, clear missed and failed contacts");
  CLI::App* hint = app.add_subcommand("hint", "Tell the running overlay that a call began or ended");
  CLI::App* doctor = app.add_subcommand("doctor", "What is configured, reachable and permitted, on one page");
  CLI::App* simulate = app.add_subcommand("simulate", "A loopback Amazon Connect; says where on its first line");
  std::vector<CLI::App*> not_yet;

  Flags flags;
  StatusCommand status_command;
  DoctorCommand doctor_command;
  QueuesCommand queues_command;
  TeamCommand team_command;
  SetCommand set_command;
  NextCommand next_command;
  bool cancel = false;
  std::string call_hint;
  std::optional<std::string> contact;
  std::optional<std::string> port;
  std::optional<std::string> scenario;
  std::optional<std::string> lag_ms;
  std::optional<std::string> caller_session;
  bool quota = false;

  Grammar() {
    app.name("perch");
    app.set_version_flag("--version", version);
    app.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    app.require_subcommand(0, 1);
    add_connection_flags(app, flags);
    add_window_flags(app, flags);
    for (CLI::App* sub : app.get_subcommands({})) sub->fallthrough();
    for (const char* name : later) {
      CLI::App* sub = app.add_subcommand(name)->group("")->allow_extras();
      sub->set_help_flag();
      not_yet.push_back(sub);
    }
    status->add_flag("--watch", status_command.watch, "A line for each change, until SIGINT");
    constexpr const char* live =
        "In a terminal a table that is kept up to date, else a JSON value for each change; until SIGINT";
    queues->add_flag("--watch", queues_command.watch, live);
    team->add_flag("--watch", team_command.watch, live);
    team->add_option("--queue", team_command.queues, "Only this queue; may be given again (all standard queues)")
        ->type_name("NAME|ID")
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    set->add_option("STATUS", set_command.status, "Name or id")->type_name("NAME|ID")->required();
    auto* name = next->add_option("STATUS", next_command.status, "Name or id")->type_name("NAME|ID");
    next->add_flag("--cancel", cancel, "Take the next status back")->excludes(name);
    clear->add_option("--contact", contact, "Only this one")->type_name("ID");
    hint->add_option("WHAT", call_hint, "call-started or call-ended")->type_name("WHAT")->required();
    doctor->add_flag("--probe-writes", doctor_command.probe_writes,
                     "Also send writes about nothing, to see whether they are permitted");
    simulate->add_option("--port", port, "Instead of any free one")->type_name("N");
    simulate->add_option("--scenario", scenario, "Statuses, queues, users and what happens")->type_name("FILE");
    simulate->add_flag("--quota", quota, "Throttle as Connect does");
    simulate->add_option("--lag-ms", lag_ms, "Reads trail writes by this much")->type_name("N");
    simulate->add_option("--caller-session", caller_session, "Session name of the role that STS says the key is of")
        ->type_name("NAME");
  }
};

Result<Command> command_of(const Grammar& g) {
  for (const CLI::App* sub : g.not_yet)
    if (sub->parsed()) return Error{Code::usage, "`perch " + sub->get_name() + "` does not work yet"};
  if (g.status->parsed()) return Command(g.status_command);
  if (g.doctor->parsed()) return Command(g.doctor_command);
  if (g.statuses->parsed()) return Command(StatusesCommand{});
  if (g.queues->parsed()) return Command(g.queues_command);
  if (g.team->parsed()) return Command(g.team_command);
  if (g.set->parsed()) return Command(Action(g.set_command));
  if (g.clear->parsed())
    return Command(Action(ClearCommand{g.contact ? std::optional(connect::ContactId{*g.contact}) : std::nullopt}));
  if (g.next->parsed()) {
    if (g.cancel) return Command(Action(CancelNextCommand{}));
    if (g.next->count("STATUS") == 0)
      return Error{Code::usage, "next: give a status, or --cancel; `perch next --help` tells more"};
    return Command(Action(g.next_command));
  }
  if (g.hint->parsed()) {
    const auto what = parse_call_hint(g.call_hint);
    if (!what) return what.error();
    return Command(HintCommand{*what});
  }
  if (g.simulate->parsed()) {
    SimulateCommand simulate;
    const auto pass = [&](const char* flag, const std::optional<std::string>& value) {
      if (value) simulate.arguments.insert(simulate.arguments.end(), {flag, *value});
    };
    pass("--port", g.port);
    pass("--scenario", g.scenario);
    pass("--lag-ms", g.lag_ms);
    pass("--caller-session", g.caller_session);
    if (g.quota) simulate.arguments.emplace_back("--quota");
    return Command(std::move(simulate));
  }
  return Command(WindowCommand{});
}

std::string first_line(std::string_view text) { return clean_text(text.substr(0, text.find('\n'))); }

}  // namespace

Result<Arguments> parse_arguments(int argc, const char* const* argv) {
  Grammar grammar;
  try {
    grammar.app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    const auto chosen = grammar.app.get_subcommands();
    return Arguments{{}, PrintCommand{chosen.empty() ? grammar.app.help() : chosen.front()->help("perch")}};
  } catch (const CLI::CallForVersion&) {
    return Arguments{{}, PrintCommand{std::string(version) + "\n"}};
  } catch (const CLI::ParseError& error) {
    return Error{Code::usage, first_line(error.what()) + "; `perch --help` lists what there is"};
  }
  auto command = command_of(grammar);
  if (!command) return command.error();
  if (has_window_flags(grammar.flags) && !std::holds_alternative<WindowCommand>(*command))
    return Error{Code::usage,
                 "--demo, --screenshot, --view, --scale and --theme belong to the overlay, not to a command"};
  return Arguments{std::move(grammar.flags), std::move(*command)};
}

}  // namespace perch::overlay::cli
