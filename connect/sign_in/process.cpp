// credential_process, and the AWS CLI as one.
#include "connect/json.h"
#include "connect/printable.h"
#include "connect/sign_in/command_words.h"
#include "connect/sign_in/refusal.h"
#include "connect/sign_in/ways.h"

namespace perch::connect {
namespace {

constexpr milliseconds longest_program{60'000};  ///< some ask somebody for a code in a window of their own

/// The first line with something on it, without what the program printed as keys.
std::string first_words(const ProgramEnd& end) {
  const auto printed = parse_json(end.out, {.max_bytes = 1U << 20U, .max_depth = 16});
  const auto secret = [&](const char* name) -> std::string_view {
    const auto* text = printed ? printed->text_at(name) : nullptr;
    return text ? std::string_view(*text) : std::string_view();
  };
  std::string_view rest = end.err;
  while (!rest.empty()) {
    const auto line = rest.substr(0, rest.find('\n'));
    if (auto words = without_secrets(line, {secret("SecretAccessKey"), secret("SessionToken")}); !words.empty())
      return words;
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
  }
  return {};
}

/// Version must be the number 1.
Result<Credentials> printed_keys(const std::string& out, const std::string& origin, Wall now) {
  const auto json = parse_json(out, {.max_bytes = 1U << 20U, .max_depth = 16});
  if (!json || !json->is_object()) return no_keys(origin + ": it printed no JSON object");
  const auto* version = json->find("Version");
  if (!version || version->integer() != 1) return no_keys(origin + ": it printed no \"Version\": 1");
  return keys_in(*json, {}, origin, now);
}

/// Whose words on stderr may be repeated: the AWS CLI says what to do and never a key; nobody knows what others print.
enum class Says { what_to_do, anything };

/// `hint` is appended to what went wrong.
Result<Credentials> run_for_keys(const RunProgram& run, const std::vector<std::string>& words,
                                 const std::string& origin, Says says, const std::string& hint, Wall now) {
  const auto end = run(words, longest_program);
  if (!end) {
    const auto program = printable(words.front(), 200);
    if (end.error().code == Code::not_found) return no_keys(origin + ": there is no program " + program + hint);
    if (end.error().code == Code::timed_out) return no_keys(origin + ": " + program + " did not end in time" + hint);
    return no_keys_because(origin, end.error());
  }
  if (end->exit_code != 0) {
    const auto said = says == Says::what_to_do ? first_words(*end) : "run it in a terminal to see what it says";
    return no_keys(origin + ": ended with " + std::to_string(end->exit_code) + (said.empty() ? "" : ": " + said) +
                   hint);
  }
  return printed_keys(end->out, origin, now);
}

}  // namespace

CredentialsProvider from_process(RunProgram run, std::string command, std::string origin) {
  return [run = std::move(run), command = std::move(command),
          origin = std::move(origin)](Wall now) -> Result<Credentials> {
    const auto words = command_words(command);
    if (!words) return no_keys(origin + ": the command " + words.error().message);
    if (words->empty()) return no_keys(origin + ": the command is empty");
    return run_for_keys(run, *words, origin, Says::anything, "", now);
  };
}

CredentialsProvider from_aws_cli(RunProgram run, std::string profile, std::string reason) {
  return [run = std::move(run), profile = std::move(profile),
          reason = std::move(reason)](Wall now) -> Result<Credentials> {
    const std::string origin = profile_in_words(profile) + " by the AWS CLI";
    return run_for_keys(run, {"aws", "configure", "export-credentials", "--profile", profile, "--format", "process"},
                        origin, Says::what_to_do, "; " + reason, now);
  };
}

}  // namespace perch::connect
