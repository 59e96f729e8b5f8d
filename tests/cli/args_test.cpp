#include "overlay/cli/args.h"

#include <doctest/doctest.h>

using namespace perch::overlay::cli;
using perch::connect::Code;
using perch::connect::Result;

namespace {

Result<Arguments> parse(std::vector<const char*> words) {
  words.insert(words.begin(), "perch");
  return parse_arguments(static_cast<int>(words.size()), words.data());
}

template <class T>
const T* action(const Result<Arguments>& arguments) {
  const auto* found = arguments ? std::get_if<Action>(&arguments->command) : nullptr;
  return found ? std::get_if<T>(found) : nullptr;
}

bool is_usage(const std::vector<const char*>& words) {
  const auto parsed = parse(words);
  return !parsed && parsed.error().code == Code::usage && parsed.error().message.find('\n') == std::string::npos;
}

std::string help(const std::vector<const char*>& words) {
  const auto parsed = parse(words);
  const auto* print = parsed ? std::get_if<PrintCommand>(&parsed->command) : nullptr;
  return print ? print->text : "";
}

}  // namespace

TEST_CASE("flags stand before or after the command") {
  for (const auto& words : std::vector<std::vector<const char*>>{{"--json", "--user", "u", "status", "--watch"},
                                                                 {"status", "--watch", "--user", "u", "--json"},
                                                                 {"--user=u", "status", "--json", "--watch"}}) {
    const auto parsed = parse(words);
    REQUIRE(parsed);
    REQUIRE(std::get_if<StatusCommand>(&parsed->command));
    CHECK(std::get<StatusCommand>(parsed->command).watch);
    CHECK(parsed->flags.json);
    CHECK(parsed->flags.user == "u");
  }
}

TEST_CASE("each command gets its arguments") {
  REQUIRE(action<SetCommand>(parse({"set", "After lunch"})));
  CHECK(action<SetCommand>(parse({"set", "After lunch"}))->status == "After lunch");
  CHECK(action<NextCommand>(parse({"next", "Lunch"}))->status == "Lunch");
  CHECK(action<CancelNextCommand>(parse({"next", "--cancel"})));
  CHECK(!action<ClearCommand>(parse({"clear"}))->contact);
  CHECK(action<ClearCommand>(parse({"clear", "--contact", "c"}))->contact->value == "c");
  CHECK(std::get<QueuesCommand>(parse({"queues", "--watch"})->command).watch);
  CHECK(std::get<TeamCommand>(parse({"team"})->command).queues.empty());
  CHECK(std::get<TeamCommand>(parse({"team", "--queue", "A b", "--json", "--queue=c"})->command).queues ==
        std::vector<std::string>{"A b", "c"});
  CHECK(std::get<HintCommand>(parse({"hint", "call-started"})->command).what == perch::overlay::CallHint::started);
  CHECK(std::get<HintCommand>(parse({"hint", "call-ended", "--json"})->command).what ==
        perch::overlay::CallHint::ended);
  CHECK(std::get_if<WindowCommand>(&parse({})->command));
  CHECK(std::get_if<WindowCommand>(&parse({"--demo", "--demo-seed", "7"})->command));
  const auto simulate = parse({"simulate", "--quota", "--port", "8080"});
  CHECK(std::get<SimulateCommand>(simulate->command).arguments ==
        std::vector<std::string>{"--port", "8080", "--quota"});
}

TEST_CASE("a status may be called like a command") {
  for (const char* name : {"status", "set", "clear", "queues"})
    CHECK(action<SetCommand>(parse({"set", name}))->status == name);
}

TEST_CASE("what is no command of ours is one line and usage") {
  for (const auto& words : std::vector<std::vector<const char*>>{{"frobnicate"},
                                                                 {"--frob"},
                                                                 {"set"},
                                                                 {"set", "Two", "words"},
                                                                 {"next"},
                                                                 {"next", "Lunch", "--cancel"},
                                                                 {"status", "extra"},
                                                                 {"hint"},
                                                                 {"queues", "--queue", "A"},
                                                                 {"team", "--queue"},
                                                                 {"team", "--queue", "A", "B"},
                                                                 {"hint", "call-held"},
                                                                 {"hint", "call-started", "call-ended"},
                                                                 {"status", "statuses"},
                                                                 {"--demo", "status"},
                                                                 {"set", "Lunch", "--watch"},
                                                                 {"--user"}}) {
    CAPTURE(words.front());
    CHECK(is_usage(words));
  }
}

TEST_CASE("what does not work yet says so and is not in the help") {
  for (const char* name : {"quick-connects"}) {
    CAPTURE(name);
    CHECK(parse({name, "--watch", "list"}).error().message.find("does not work yet") != std::string::npos);
    CHECK(help({"--help"}).find(name) == std::string::npos);
  }
}

TEST_CASE("help for all and for each, and the version") {
  for (const char* name :
       {"status", "statuses", "queues", "team", "set", "next", "clear", "hint", "simulate", "--demo", "--screenshot"}) {
    CAPTURE(name);
    CHECK(help({"--help"}).find(name) != std::string::npos);
  }
  CHECK(help({"next", "--help"}).find("--cancel") != std::string::npos);
  CHECK(help({"--help"}).find("frame-log") == std::string::npos);
  CHECK(help({"--version"}).starts_with("perch "));
}
