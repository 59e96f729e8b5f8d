#pragma once
// A made-up world for the ways to credentials: variables, files, a network and programs, and what was asked of them.
#include <doctest/doctest.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "connect/sign_in/sign_in.h"

namespace perch::tests {

inline const connect::Wall now = std::chrono::sys_days(std::chrono::year(2026) / 11 / 20);

/// Planted wherever a secret can stand: no message may hold it, nor a part of it.
inline constexpr const char* hush = "HUSHsecretHUSHsecretHUSHsecretHUSH0123456789";

struct World {
  std::map<std::string, std::string> env;
  std::map<std::string, std::string> files;
  std::function<connect::Result<connect::HttpResponse>(const connect::HttpRequest&)> answer;
  std::function<connect::Result<connect::ProgramEnd>(const std::vector<std::string>&)> run;
  std::function<void()> before_change = [] {};

  std::vector<connect::HttpRequest> asked;
  std::vector<connect::HttpRequest> asked_metadata;
  std::vector<std::vector<std::string>> ran;
  int pauses = 0;

  /// Points into this world, which has to outlive it.
  connect::Outside outside() {
    using namespace connect;
    return {[this](const std::string& name) -> std::optional<std::string> {
              const auto at = env.find(name);
              return at == env.end() ? std::nullopt : std::optional(at->second);
            },
            [this](const std::string& path) -> Result<std::string> {
              const auto at = files.find(path);
              if (at == files.end()) return Error{Code::not_found, path + ": no such file"};
              return at->second;
            },
            [this](const std::string& path, std::string_view was, std::string_view text) -> Result<Done> {
              before_change();
              if (files[path] != was) return Error{Code::invalid, path + ": somebody else changed it meanwhile"};
              files[path] = text;
              return Done{};
            },
            [this](const HttpRequest& request, milliseconds) {
              asked.push_back(request);
              return answer(request);
            },
            [this](const HttpRequest& request, milliseconds) {
              asked_metadata.push_back(request);
              return answer(request);
            },
            [this](const std::vector<std::string>& argv, milliseconds) {
              ran.push_back(argv);
              return run(argv);
            },
            [this](milliseconds) { return ++pauses < 100; }};
  }

  /// A sign-in from /c (config) and /k (credentials).
  connect::SignIn sign_in(const std::string& profile = "default", bool named = true) {
    connect::SignInOptions options;
    options.config_path = "/c";
    options.credentials_path = "/k";
    options.home = "/home/j";
    options.profile = profile;
    options.profile_named = named;
    options.region = "eu-central-1";
    return connect::sign_in(options, outside());
  }
  connect::Result<connect::Credentials> keys(const std::string& profile = "default", bool named = true) {
    return sign_in(profile, named).provider(now);
  }
};

inline connect::HttpResponse json_answer(const std::string& body, int status = 200) {
  return {status, {{"content-type", "application/json"}}, body};
}

/// One line that says why, and holds no secret.
inline std::string refusal_of(const connect::Result<connect::Credentials>& result,
                              connect::Code code = connect::Code::unauthenticated) {
  REQUIRE(!result);
  const std::string& why = result.error().message;
  CHECK(result.error().code == code);
  CHECK(why.find_first_of("\r\n\x1b") == std::string::npos);
  for (const char* part : {"HUSH", "hush", "secretH", "0123456789"})
    CHECK_MESSAGE(why.find(part) == std::string::npos, why);
  return why;
}

inline bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// What STS answers to `action`.
inline connect::HttpResponse sts_answer(const std::string& action, const std::string& id,
                                        const std::string& expires = "2026-11-20T01:00:00Z") {
  return {200,
          {},
          "<" + action + "Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><" + action +
              "Result><AssumedRoleUser><Arn>arn:aws:sts::1:assumed-role/R/s</Arn></AssumedRoleUser><Credentials>"
              "<AccessKeyId>" +
              id + "</AccessKeyId><SecretAccessKey>" + hush + "</SecretAccessKey><SessionToken>T/" + hush +
              "==</SessionToken><Expiration>" + expires + "</Expiration></Credentials></" + action +
              "Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></" + action + "Response>"};
}

inline connect::HttpResponse sts_error(int status, const std::string& code, const std::string& message) {
  return {status,
          {},
          "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>" + code +
              "</Code><Message>" + message + "</Message></Error><RequestId>r</RequestId></ErrorResponse>"};
}

}  // namespace perch::tests
