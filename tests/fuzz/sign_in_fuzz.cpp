// What signing in reads from outside: STS, commands, key services' URLs, proxies, other programs' words, endpoints.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "connect/proxy.h"
#include "connect/sign_in/aws_endpoint.h"
#include "connect/sign_in/command_words.h"
#include "connect/sign_in/metadata_url.h"
#include "connect/sign_in/refusal.h"
#include "connect/sign_in/sts.h"

using namespace perch::connect;

namespace {

void expect(bool good) {
  if (!good) std::abort();
}

bool one_line(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return (c >= 0 && c < ' ') || c == 0x7F; });
}

template <class T>
void expect_words(const Result<T>& result) {
  if (!result) expect(!result.error().message.empty() && one_line(result.error().message));
}

void read_command(std::string_view text) {
  const auto words = command_words(text);
  expect_words(words);
  if (!words) return;
  std::size_t bytes = 0;
  for (const auto& word : *words) bytes += word.size();
  expect(bytes <= text.size());
}

void read_key_url(std::string_view text) {
  const auto request = get_metadata(std::string(text));
  expect_words(request);
  if (!request) return;
  expect(request->path.front() == '/' && one_line(target_of(*request)));
  expect(request->origin.starts_with("https://") || is_loopback(request->origin) ||
         is_metadata_address(request->origin));
}

void read_proxy(std::string_view text, const char* variable) {
  const auto proxy = proxy_for("https://connect.eu-west-2.amazonaws.com", [&](const std::string& name) {
    if (name == variable) return std::optional(std::string(text));
    return name == "https_proxy" ? std::optional<std::string>("http://p:1") : std::nullopt;
  });
  expect_words(proxy);
  if (proxy) expect(proxy->address.empty() || proxy->address.find('@') == std::string::npos);
}

void read_endpoints(std::string_view text) {
  const auto profiles = parse_profiles(text, "");
  if (!profiles) return;
  for (const auto& profile : profiles->list)
    for (const auto& service : {connect_service, sts_service, sso_service, sso_oidc_service}) {
      const auto url = endpoint_of(
          service, "eu-west-2", [](const std::string&) { return std::optional<std::string>(); }, *profiles, &profile);
      expect_words(url);
      if (url) expect(!host_of(*url).empty());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  switch (bytes[0] % 7) {
    case 0:
      expect_words(parse_xml_texts(text));
      break;
    case 1:
      read_command(text);
      break;
    case 2:
      read_key_url(text);
      break;
    case 3:
      read_proxy(text, "https_proxy");
      break;
    case 4:
      read_proxy(text, "no_proxy");
      break;
    case 5:
      expect(one_line(without_secrets(text, {"secret"})) && without_secrets(text).size() <= 300);
      break;
    case 6:
      read_endpoints(text);
      break;
  }
  return 0;
}
