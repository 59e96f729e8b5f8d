// Good answers of Connect as strangers would write them. The first byte chooses the reader, the rest is what it reads.
#include "connect/http.h"
#include "connect/json.h"
#include "connect/wire.h"
#include "tests/fuzz/expect.h"

using namespace perch::connect;
using namespace perch::fuzz;

namespace {

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
  const std::string_view text = text_of(bytes + 1, size - 1);
  const HttpResponse response{200, {}, std::string(text)};
  switch (bytes[0] % 6) {
    case 0:
      read_users(response);
      break;
    case 1:
      expect_reason(parse_agent_statuses(response));
      expect_reason(parse_queues(response));
      break;
    case 2:
      expect_reason(parse_user(response));
      expect_reason(parse_queue_metrics(response));
      break;
    case 3:
      expect_reason(parse_done(response, "PutUserStatus"));
      break;
    case 4:
      read_origin(text);
      break;
    case 5:
      read_json(text);
      break;
  }
  return 0;
}
