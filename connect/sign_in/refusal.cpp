#include "connect/sign_in/refusal.h"

#include <algorithm>
#include <utility>

#include "connect/printable.h"

namespace perch::connect {
namespace {

constexpr std::size_t longest_words = 300;
constexpr std::size_t shortest_secret = 36;  ///< a secret access key has 40, tokens more; ids and names less

bool is_key_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/' ||
         c == '=' || c == '_' || c == '-';
}

bool looks_secret(std::string_view run) {
  const auto has = [&](char first, char last) {
    return std::any_of(run.begin(), run.end(), [=](char c) { return c >= first && c <= last; });
  };
  return run.size() >= shortest_secret && has('a', 'z') && has('A', 'Z') && has('0', '9');
}

void replace_each(std::string& text, std::string_view what) {
  if (what.empty()) return;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 3))
    text.replace(at, what.size(), "***");
}

}  // namespace

Error no_keys(std::string why) { return Error{Code::unauthenticated, std::move(why)}; }

Error no_keys_because(const std::string& where, const Error& why) {
  Error out{Code::unauthenticated, where + ": " + why.message};
  switch (why.code) {
    case Code::unreachable:
    case Code::timed_out:
    case Code::throttled:
    case Code::unavailable:
    case Code::cancelled:
      out.code = why.code;
      out.retry_after = why.retry_after;
      break;
    default:
      break;
  }
  return out;
}

std::string profile_in_words(const std::string& name) { return "profile \"" + printable(name, 80) + '"'; }

std::string shell_word(const std::string& name) {
  const bool plain =
      !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.@+/") ==
                           std::string::npos;
  if (plain) return name;
  std::string out = "'";
  for (const char c : printable(name, 80)) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + '\'';
}

std::string without_secrets(std::string_view text, std::initializer_list<std::string_view> secrets) {
  std::string words(text);
  for (const auto secret : secrets) replace_each(words, secret);
  std::string out;
  bool in_arn = false;  // an ARN has long names, and is what the reader has to know
  for (std::size_t at = 0; at < words.size();) {
    const auto end = static_cast<std::size_t>(
        std::find_if_not(words.begin() + static_cast<std::ptrdiff_t>(at), words.end(), is_key_letter) - words.begin());
    const auto run = std::string_view(words).substr(at, end - at);
    in_arn = in_arn || (run == "arn" && end < words.size() && words[end] == ':');
    out += looks_secret(run) && !in_arn ? "***" : run;
    if (end < words.size()) {
      out += words[end];
      in_arn = in_arn && words[end] != ' ' && words[end] != '\n' && words[end] != '\t';
    }
    at = end + 1;
  }
  return printable(out, longest_words);
}

Result<Credentials> usable_keys(Credentials keys, Wall now) {
  if (const auto why = unusable(keys)) return no_keys(keys.origin + ": " + *why);
  if (keys.expires && *keys.expires <= now) return no_keys(keys.origin + ": the credentials have expired");
  return keys;
}

bool may_pass(const Result<HttpResponse>& answer) {
  if (!answer) return answer.error().code == Code::unreachable;
  return answer->status >= 500 || answer->status == 429;
}

}  // namespace perch::connect
