// What holds keys: the SSO cache that all AWS tools write, the answer that renews its token, and what programs print.
// The first byte chooses; for the cache the rest is the file, a NUL, the answer.
#include "connect/json.h"
#include "connect/sign_in/sso_token.h"
#include "tests/fuzz/expect.h"

using namespace perch::connect;
using namespace perch::fuzz;

namespace {

constexpr Wall noon{std::chrono::hours(500'000)};

void read_cache(std::string_view text) {
  const auto half = text.find('\0');
  const std::string file(text.substr(0, half));
  Outside outside;
  outside.read = [&](const std::string&) -> Result<std::string> { return file; };
  outside.fetch = [&](const HttpRequest& request, milliseconds) -> Result<HttpResponse> {
    expect(request.path.front() == '/' && !request.origin.empty());
    if (half == std::string_view::npos) return Error{Code::unreachable, "nobody there"};
    return HttpResponse{200, {}, std::string(text.substr(half + 1))};
  };
  outside.change = [&](const std::string&, std::string_view was, std::string_view now) -> Result<Done> {
    expect(was == file);
    const auto written = parse_json(now);
    expect(written && written->is_object());
    return Done{};
  };
  outside.pause = [](milliseconds) { return true; };
  const SsoAccess access{"work", "corp", "https://corp.awsapps.com/start", "https://portal", "https://oidc", "1",
                         "r",    "cache"};
  Renewals renewals;
  const auto token = sso_access_token(outside, access, renewals, noon);
  expect_reason(token);
  if (token) expect(!token->empty());
}

void read_printed(std::string_view text) {
  const RunProgram run = [&](const std::vector<std::string>&, milliseconds) -> Result<ProgramEnd> {
    return ProgramEnd{0, std::string(text), {}};
  };
  const auto keys = from_process(run, "program", "origin")(noon);
  expect_reason(keys);
  if (keys) expect(!unusable(*keys));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text = text_of(bytes + 1, size - 1);
  if (bytes[0] % 2 == 0)
    read_cache(text);
  else
    read_printed(text);
  return 0;
}
