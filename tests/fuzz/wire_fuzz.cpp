// Bytes of strangers through everything that reads them. The first byte chooses the reader, the rest is what it reads.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "connect/http.h"
#include "connect/json.h"
#include "connect/printable.h"
#include "connect/profile_file.h"
#include "connect/sign_in/aws_endpoint.h"
#include "connect/wire.h"

using namespace perch::connect;

namespace {

/// What holds for every answer, good or bad; anything else ends the fuzzer.
void expect(bool holds) {
  if (!holds) std::abort();
}

void expect_one_line(const std::string& message) {
  expect(message == printable(message) || message.ends_with(' '));
  expect(message.size() < 700);
}

template <class T>
void expect_reason(const Result<T>& result) {
  if (result) return;
  expect(!result.error().message.empty());
  expect_one_line(result.error().message);
}

void read_users(const HttpResponse& response) {
  const auto page = parse_user_data(response);
  expect_reason(page);
  if (!page) return;
  for (const auto& agent : page->agents) {
    expect(agent.present && !agent.user.empty() && is_utf8(agent.user.value));
    if (agent.status) expect(is_utf8(agent.status->name) && (!agent.status->since || *agent.status->since >= Wall{}));
    if (agent.next_status) expect(!agent.next_status->name.empty() && is_utf8(agent.next_status->name));
    for (const auto& contact : agent.contacts) expect(is_utf8(contact.channel) && is_utf8(contact.state_text));
    for (const auto& [channel, slots] : agent.slots) expect(is_utf8(channel) && slots.active.value_or(0) >= 0);
  }
}

void read_error(std::string_view text) {
  // "status line of headers \n\n body": as much of an answer as an error depends on.
  HttpResponse response;
  const auto end = text.find("\n\n");
  std::string_view head = text.substr(0, end);
  if (!head.empty()) response.status = 200 + 2 * static_cast<unsigned char>(head.front());
  while (!head.empty()) {
    const auto line = head.substr(0, head.find('\n'));
    const auto colon = line.find(':');
    if (colon != std::string_view::npos) response.headers.emplace_back(line.substr(0, colon), line.substr(colon + 1));
    head.remove_prefix(line.size() == head.size() ? line.size() : line.size() + 1);
  }
  if (end != std::string_view::npos) response.body = text.substr(end + 2);
  const auto error = error_of(response, "Operation");
  expect_one_line(error.message);
  expect(error.aws_code == printable(error.aws_code) && error.request_id == printable(error.request_id));
  expect(!error.retry_after || error.retry_after->count() >= 0);
}

void read_profiles(std::string_view text) {
  const auto half = text.find('\0');
  const auto config = text.substr(0, half);
  const auto profiles = parse_profiles(config, half == std::string_view::npos ? "" : text.substr(half + 1));
  expect_reason(profiles);
  if (!profiles) return;
  for (const auto& profile : profiles->list) {
    expect(profiles->find(profile.name) == &profile);
    kind_of(profile);
    if (const auto url = endpoint_of_profile(*profiles, profile, connect_service); !url)
      expect(!url.error().message.empty());
  }
}

void read_origin(std::string_view text) {
  if (const auto date = http_date(text)) expect(*date > Wall::min());
  const auto origin = parse_origin(text);
  expect_reason(origin);
  if (!origin) return;
  expect(!host_of(*origin).empty() && *parse_origin(*origin) == *origin);
  expect(origin->starts_with("https://") || is_loopback(*origin));
}

void read_json(std::string_view text) {
  const auto value = parse_json(text);
  expect_reason(value);
  if (!value) return;
  const auto again = parse_json(to_text(*value));
  expect(again && to_text(*again) == to_text(*value));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  const HttpResponse response{200, {}, std::string(text)};
  switch (bytes[0] % 8) {
    case 0:
      read_users(response);
      break;
    case 1:
      expect_reason(parse_agent_statuses(response));
      break;
    case 2:
      expect_reason(parse_user(response));
      break;
    case 3:
      expect_reason(parse_done(response, "PutUserStatus"));
      break;
    case 4:
      read_error(text);
      break;
    case 5:
      read_profiles(text);
      break;
    case 6:
      read_origin(text);
      break;
    case 7:
      read_json(text);
      break;
  }
  return 0;
}
