#include "overlay/words.h"

namespace perch::overlay {

using connect::Activity;
using connect::Code;
using connect::ContactState;

std::string channel_words(std::string_view channel) {
  if (channel == "VOICE") return "Voice";
  if (channel == "CHAT") return "Chat";
  if (channel == "TASK") return "Task";
  if (channel == "EMAIL") return "Email";
  return channel.empty() ? "Contact" : shown_name(channel, {});
}

std::string trouble_words(const connect::Error& why) {
  switch (why.code) {
    case Code::unreachable:
      return "not reachable";
    case Code::timed_out:
      return "no answer";
    case Code::throttled:
      return "too many requests";
    case Code::unavailable:
      return "Connect has a problem";
    case Code::unauthenticated:
      return why.http_status == 0 ? "no credentials" : "credentials rejected";
    case Code::denied:
      return "not permitted";
    case Code::not_found:
      return "not found";
    case Code::invalid:
      return "not a valid request";
    case Code::malformed:
      return "answer not understood";
    case Code::cancelled:
      return "given up";
    case Code::usage:
      return "wrong settings";
  }
  return "failed";
}

std::string trouble_remedy(const connect::Error& why) {
  if (why.code == Code::denied) return "ask for the permission, then Retry";
  if (why.code == Code::unauthenticated && why.http_status == 0) return "set them up, then Retry";
  if (why.code == Code::unauthenticated) return "renew them, then Retry";
  return "look at the settings, then Retry";
}

std::string activity_words(Activity activity) {
  switch (activity) {
    case Activity::error:
      return "Contact failed";
    case Activity::missed:
      return "Missed contact";
    case Activity::rejected:
      return "Rejected contact";
    case Activity::on_contact:
      return "On contact";
    case Activity::after_contact_work:
      return "After contact work";
    case Activity::incoming:
      return "Incoming contact";
    case Activity::custom:
      return "Custom status";
    case Activity::available:
      return "Available";
    case Activity::offline:
      return "Offline";
  }
  return "";
}

std::string contact_words(const connect::Contact& contact) {
  switch (contact.state) {
    case ContactState::incoming:
      return "ringing";
    case ContactState::pending:
      return "pending";
    case ContactState::connecting:
      return "connecting";
    case ContactState::connected:
      return "connected";
    case ContactState::connected_onhold:
      return "on hold, connected";
    case ContactState::missed:
      return "missed";
    case ContactState::error:
      return "failed";
    case ContactState::ended:
      return "after contact work";
    case ContactState::rejected:
      return "rejected";
    case ContactState::unknown:
      break;
  }
  return contact.state_text.empty() ? "unknown state" : shown_name(contact.state_text, {});
}

Mark mark_of(Activity activity) {
  switch (activity) {
    case Activity::error:
    case Activity::missed:
    case Activity::rejected:
      return {Shape::triangle, Tone::red};
    case Activity::on_contact:
    case Activity::incoming:
      return {Shape::ring_dot, Tone::blue};
    case Activity::after_contact_work:
      return {Shape::half, Tone::amber};
    case Activity::custom:
      return {Shape::square, Tone::violet};
    case Activity::available:
      return {Shape::disc, Tone::green};
    case Activity::offline:
      return {Shape::hollow, Tone::grey};
  }
  return {};
}

std::string ends_words(const connect::AgentSnapshot& agent) {
  int ended = 0, missed = 0, failed = 0;
  for (const connect::Contact& c : agent.contacts) {
    ended += c.state == ContactState::ended;
    missed += c.state == ContactState::missed;
    failed += c.state == ContactState::rejected || c.state == ContactState::error;
  }
  std::string words;
  const auto add = [&words](const std::string& more) { words += (words.empty() ? "" : ", ") + more; };
  if (ended > 0) add("ends " + std::to_string(ended) + " ACW");
  if (missed > 0) add("clears " + std::to_string(missed) + " missed");
  if (failed > 0) add("clears " + std::to_string(failed) + " failed");
  return words;
}

}  // namespace perch::overlay
