// Programs that print keys.
#include <doctest/doctest.h>

#include "connect/sign_in/command_words.h"
#include "tests/sign_in/made_up_outside.h"

using namespace perch::connect;
using namespace perch::tests;

namespace {

World process_world(ProgramEnd end) {
  World w;
  w.files["/c"] =
      "[profile p]\ncredential_process = \"/opt/get creds\" --role 'A B' \\x\n[profile login]\nlogin_session=x\n";
  w.run = [end = std::move(end)](const std::vector<std::string>&) { return end; };
  return w;
}

std::string printed(const std::string& more) {
  return "{\"Version\": 1, \"AccessKeyId\": \"PK\", \"SecretAccessKey\": \"" + std::string(hush) + "\"" + more + "}";
}

std::vector<std::string> words_of(std::string_view command) {
  const auto words = command_words(command);
  return words ? *words : std::vector<std::string>{"refused: " + words.error().message};
}

}  // namespace

TEST_CASE("a command is split as the AWS CLI splits it, without a shell") {
  using Words = std::vector<std::string>;
  CHECK(words_of("a  b\tc\n") == Words{"a", "b", "c"});
  CHECK(words_of(R"("/opt/get creds" --x='a "b"' \ c)") == Words{"/opt/get creds", "--x=a \"b\"", " c"});
  CHECK(words_of(R"("a\"b\\c\d" '\x' '' ""x)") == Words{"a\"b\\c\\d", "\\x", "", "x"});
  CHECK(words_of("a;b $HOME `c` | d > e ~ * # f") ==
        Words{"a;b", "$HOME", "`c`", "|", "d", ">", "e", "~", "*", "#", "f"});
  CHECK(words_of("  ").empty());
  CHECK(words_of("a 'b") == Words{"refused: has a quote that is not closed"});
  CHECK(words_of("a\\") == Words{"refused: ends with a backslash"});
}

TEST_CASE("what a program prints are keys, with or without an end") {
  World w = process_world({0, printed(""), ""});
  const auto keys = w.keys("p");
  REQUIRE(keys);
  CHECK(keys->access_key_id == "PK");
  CHECK(keys->secret_access_key == hush);
  CHECK(!keys->expires);
  CHECK(w.ran[0] == std::vector<std::string>{"/opt/get creds", "--role", "A B", "x"});
  w = process_world({0, printed(R"(, "SessionToken": "T", "Expiration": "2026-11-20T02:00:00+01:00")"), "warning"});
  CHECK(w.keys("p")->session_token == "T");
  CHECK(w.keys("p")->expires == now + std::chrono::hours(1));
  CHECK(w.sign_in("p").kind == "credential process");
}

TEST_CASE("what is no answer of version 1 is refused, and no word of it quoted") {
  const std::string origin = "profile \"p\", credential_process: ";
  const std::string secret = hush;
  for (const auto& [out, why] : std::vector<std::pair<std::string, std::string>>{
           {secret, "it printed no JSON object"},
           {"[\"" + secret + "\"]", "it printed no JSON object"},
           {"{\"Version\": \"1\", \"x\": \"" + secret + "\"}", "it printed no \"Version\": 1"},
           {"{\"Version\": 2}", "it printed no \"Version\": 1"},
           {"{\"Version\": 1, \"SecretAccessKey\": \"" + secret + "\"}", "the answer has no AccessKeyId"},
           {"{\"Version\": 1, \"AccessKeyId\": \"" + secret + "\"}", "the answer has no SecretAccessKey"},
           {printed(", \"Expiration\": \"" + secret + "\""), "Expiration is no ISO 8601 time"},
           {printed(", \"Expiration\": \"2020-01-01T00:00:00Z\""), "the credentials have expired"},
           {printed(", \"SessionToken\": \"a " + secret + "\""),
            "the session token holds a blank or an unprintable character"}})
    CHECK(refusal_of(process_world({0, out, ""}).keys("p")) == origin + why);
}

TEST_CASE("a program that fails: its code and the first line it said, without what it printed as keys") {
  // What it says on stderr is its own, and may be anything: a key, a password that it was given.
  for (const char* words :
       {"\n  \x1b[1mno\tsession \nat line 2", "key wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY12 leaked"})
    CHECK(refusal_of(process_world({3, "", words}).keys("p")) ==
          "profile \"p\", credential_process: ended with 3: run it in a terminal to see what it says");
  World w = process_world({});
  w.run = [](const std::vector<std::string>&) -> Result<ProgramEnd> { return Error{Code::not_found, "x"}; };
  CHECK(refusal_of(w.keys("p")) == "profile \"p\", credential_process: there is no program /opt/get creds");
  w.run = [](const std::vector<std::string>&) -> Result<ProgramEnd> { return Error{Code::timed_out, "x"}; };
  CHECK(has(refusal_of(w.keys("p")), "did not end in time"));
  w.run = [](const std::vector<std::string>&) -> Result<ProgramEnd> { return Error{Code::cancelled, "given up"}; };
  refusal_of(w.keys("p"), Code::cancelled);
}

TEST_CASE("a login session is the AWS CLI's to know") {
  World w = process_world({0, printed(""), ""});
  CHECK(w.keys("login")->access_key_id == "PK");
  CHECK(w.ran[0][4] == "login");
  w.run = [](const std::vector<std::string>&) -> Result<ProgramEnd> { return Error{Code::not_found, "x"}; };
  CHECK(refusal_of(w.keys("login")) ==
        "profile \"login\" by the AWS CLI: there is no program aws; run `aws login --profile login`");
}
