#include "overlay/door_talk.h"

#include "overlay/clean_text.h"

namespace perch::overlay {
namespace {

using connect::Code;

std::string line_of(const connect::Json& answer) { return clean_json(connect::to_text(answer)) + "\n"; }

}  // namespace

std::string DoorTalk::answer(std::string_view line, const DoorHandler& handler) {
  const auto request = parse_door_request(line);
  if (request) return line_of(handler(*request));
  over_ = request.error().code == Code::malformed;
  return line_of(refused(request.error()));
}

std::string DoorTalk::hear(std::string_view bytes, const DoorHandler& handler) {
  std::string answers;
  while (!over_ && !bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    const std::string_view piece = bytes.substr(0, end);
    const bool whole = end != std::string_view::npos;
    if (heard_.size() + piece.size() >= door_line_bytes) {
      over_ = true;
      answers += line_of(refused({Code::malformed, "a line of more than 65536 bytes"}));
      break;
    }
    heard_ += piece;
    bytes.remove_prefix(piece.size() + (whole ? 1 : 0));
    if (!whole) break;
    answers += answer(heard_, handler);
    heard_.clear();
  }
  if (over_) heard_ = {};
  return answers;
}

}  // namespace perch::overlay
