// The files that the AWS tools share: config, a NUL, credentials.
#include "connect/profile_file.h"
#include "connect/sign_in/aws_endpoint.h"
#include "tests/fuzz/expect.h"

using namespace perch::connect;
using namespace perch::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text = text_of(bytes, size);
  const auto half = text.find('\0');
  const auto config = text.substr(0, half);
  const auto profiles = parse_profiles(config, half == std::string_view::npos ? "" : text.substr(half + 1));
  expect_reason(profiles);
  if (!profiles) return 0;
  for (const auto& profile : profiles->list) {
    expect(profiles->find(profile.name) == &profile);
    kind_of(profile);
    if (const auto region = region_of(profile)) expect(region->size() <= text.size());
    expect_reason(endpoint_of_profile(*profiles, profile, connect_service));
  }
  return 0;
}
