// An answer that is no success, by whoever sits between: "head lines \n\n body". The first byte gives the HTTP status.
#include "connect/redact.h"
#include "connect/wire.h"
#include "tests/fuzz/expect.h"

using namespace perch::connect;
using namespace perch::fuzz;

namespace {

HttpResponse response_in(std::string_view text) {
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
  return response;
}

void expect_printable(const Error& error) {
  expect_one_line(error.message);
  expect(error.aws_code == printable(error.aws_code) && error.request_id == printable(error.request_id));
  expect(!error.retry_after || error.retry_after->count() >= 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const HttpResponse response = response_in(text_of(bytes, size));
  expect_printable(error_of(response, "Operation"));
  const std::string secret = "planted/token";
  const Error clean = redacted(error_of(redacted(response, {secret}), "Operation"), {secret});
  expect_printable(clean);
  if (response.status >= 300)
    for (const std::string* text : {&clean.message, &clean.aws_code, &clean.request_id})
      expect(text->find(secret) == std::string::npos);
  const std::string once = without_userinfo(response.body);
  expect(once.size() <= response.body.size());
  return 0;
}
