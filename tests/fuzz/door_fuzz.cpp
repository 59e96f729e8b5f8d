// A client at the door that may say anything. The first byte tells how its bytes come in pieces; what is answered must
// not depend on that.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "overlay/clean_text.h"
#include "overlay/door_talk.h"

using namespace perch::overlay;

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

struct Told {
  std::vector<DoorRequest> requests;
  std::string answers;
  bool over = false;
};

Told talk(std::string_view bytes, std::size_t piece) {
  Told told;
  DoorTalk talk;
  const DoorHandler handler = [&](const DoorRequest& request) {
    told.requests.push_back(request);
    return accepted({1, "0"});
  };
  while (!bytes.empty()) {
    const std::string_view now = bytes.substr(0, piece);
    const bool was_over = talk.over();
    const std::string answer = talk.hear(now, handler);
    expect(!was_over || answer.empty());
    told.answers += answer;
    bytes.remove_prefix(now.size());
  }
  told.over = talk.over();
  return told;
}

void read_answers(std::string_view answers) {
  while (!answers.empty()) {
    const auto end = answers.find('\n');
    expect(end != std::string_view::npos && end < 600);
    const std::string_view line = answers.substr(0, end);
    expect(clean_text(line) == line);
    const auto answer = parse_door_answer(line);
    expect(answer || answer.error().code == perch::connect::Code::invalid);
    answers.remove_prefix(end + 1);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  const Told whole = talk(text, text.size());
  const Told pieces = talk(text, 1 + bytes[0]);
  expect(whole.requests == pieces.requests && whole.answers == pieces.answers && whole.over == pieces.over);
  const auto lines = static_cast<std::size_t>(std::count(whole.answers.begin(), whole.answers.end(), '\n'));
  expect(lines >= whole.requests.size());
  expect(lines <= static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1);
  read_answers(whole.answers);
  for (const DoorRequest& request : whole.requests) {
    std::string line = to_line(request);
    line.pop_back();
    const auto again = parse_door_request(line);
    expect(again && *again == request);
  }
  const auto answer = parse_door_answer(text.substr(0, text.find('\n')));
  expect(answer || !answer.error().message.empty());
  return 0;
}
