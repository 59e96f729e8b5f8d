#include "overlay/words.h"

namespace perch::overlay {

using connect::Activity;
using connect::Code;
using connect::ContactState;

std::string channel_words(const Texts& text, std::string_view channel) {
  if (channel == "VOICE") return text.voice;
  if (channel == "CHAT") return text.chat;
  if (channel == "TASK") return text.task;
  if (channel == "EMAIL") return text.email;
  return channel.empty() ? std::string(text.contact) : shown_name(channel, {});
}

std::string trouble_words(const Texts& text, const connect::Error& why) {
  switch (why.code) {
    case Code::unreachable:
      return text.not_reachable;
    case Code::timed_out:
      return text.no_answer;
    case Code::throttled:
      return text.too_many;
    case Code::unavailable:
      return text.connect_problem;
    case Code::unauthenticated:
      return why.http_status == 0 ? text.no_credentials : text.credentials_rejected;
    case Code::denied:
      return text.denied;
    case Code::not_found:
      return text.not_found;
    case Code::invalid:
      return text.invalid;
    case Code::malformed:
      return text.malformed;
    case Code::cancelled:
      return text.given_up;
    case Code::usage:
      return text.wrong_settings;
  }
  return text.failed;
}

std::string trouble_remedy(const Texts& text, const connect::Error& why) {
  if (why.code == Code::denied) return text.ask_permission;
  if (why.code == Code::unauthenticated && why.http_status == 0) return text.set_up_credentials;
  if (why.code == Code::unauthenticated) return text.renew_credentials;
  return text.check_settings;
}

std::string activity_words(const Texts& text, Activity activity) {
  switch (activity) {
    case Activity::error:
      return text.contact_failed;
    case Activity::missed:
      return text.missed_contact;
    case Activity::rejected:
      return text.rejected_contact;
    case Activity::on_contact:
      return text.on_contact;
    case Activity::after_contact_work:
      return text.after_contact_work;
    case Activity::incoming:
      return text.incoming_contact;
    case Activity::custom:
      return text.custom_status;
    case Activity::available:
      return text.available;
    case Activity::offline:
      return text.offline;
  }
  return "";
}

std::string contact_words(const Texts& text, const connect::Contact& contact) {
  switch (contact.state) {
    case ContactState::incoming:
      return text.ringing;
    case ContactState::pending:
      return text.pending;
    case ContactState::connecting:
      return text.connecting_contact;
    case ContactState::connected:
      return text.connected;
    case ContactState::connected_onhold:
      return text.on_hold;
    case ContactState::missed:
      return text.missed;
    case ContactState::error:
      return text.failed;
    case ContactState::ended:
      return text.in_wrap_up;
    case ContactState::rejected:
      return text.rejected;
    case ContactState::unknown:
      break;
  }
  return contact.state_text.empty() ? std::string(text.unknown_state) : shown_name(contact.state_text, {});
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

std::string ends_words(const Texts& text, const connect::AgentSnapshot& agent) {
  std::size_t ended = 0, missed = 0, rejected = 0, failed = 0;
  for (const connect::Contact& c : agent.contacts) {
    ended += c.state == ContactState::ended;
    missed += c.state == ContactState::missed;
    rejected += c.state == ContactState::rejected;
    failed += c.state == ContactState::error;
  }
  std::string words;
  const auto add = [&words](const Counted& what, std::size_t count) {
    if (count > 0) words += (words.empty() ? "" : ", ") + say(what, count);
  };
  add(text.ends_acw, ended);
  add(text.clears_missed, missed);
  add(text.clears_rejected, rejected);
  add(text.clears_failed, failed);
  return words;
}

}  // namespace perch::overlay
