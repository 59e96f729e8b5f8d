// A scenario file, and the world that begins with it.
#include "connect/simulator/scenario.h"
#include "tests/fuzz/expect.h"

using namespace perch::simulator;
using namespace perch::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto scenario = read_scenario(text_of(bytes, size), "f");
  if (!scenario) {
    expect(scenario.error().message.starts_with("f:"));
    return 0;
  }
  if (scenario->users.size() > 100) return 0;  // read well; a thousand agents only take time
  for (const ScenarioUser& user : scenario->users) expect(!user.username.empty());
  double last = 0;
  for (const ScenarioEvent& event : scenario->events) {
    expect(event.at_s >= last);
    last = event.at_s;
  }
  const Founding founding = found(*scenario, scenario->seed, perch::connect::Wall{});
  expect(founding.agents.size() == scenario->users.size());
  return 0;
}
