#include "connect/proxy.h"

#include <doctest/doctest.h>

#include <map>

using namespace perch::connect;

namespace {

using ProxyVariables = std::map<std::string, std::string>;

Result<Proxy> proxy_by(const ProxyVariables& variables, std::string_view origin) {
  return proxy_for(origin, [&](const std::string& name) -> std::optional<std::string> {
    const auto at = variables.find(name);
    return at == variables.end() ? std::nullopt : std::optional(at->second);
  });
}

std::string address(const ProxyVariables& variables,
                    std::string_view origin = "https://connect.eu-west-2.amazonaws.com") {
  const auto proxy = proxy_by(variables, origin);
  return proxy ? proxy->address : "refused: " + proxy.error().message;
}

}  // namespace

TEST_CASE("small letters before capitals, also when empty; ALL_PROXY where there is no other") {
  CHECK(address({}).empty());
  CHECK(address({{"HTTPS_PROXY", "http://p:1"}}) == "http://p:1");
  CHECK(address({{"https_proxy", "http://q:1"}, {"HTTPS_PROXY", "http://p:1"}}) == "http://q:1");
  CHECK(address({{"https_proxy", ""}, {"HTTPS_PROXY", "http://p:1"}}).empty());
  CHECK(address({{"HTTP_PROXY", "http://p:1"}}).empty());
  CHECK(address({{"ALL_PROXY", "socks5h://p:1"}}) == "socks5h://p:1");
  CHECK(address({{"ALL_PROXY", "socks5h://p:1"}, {"HTTPS_PROXY", "q:8080"}}) == "http://q:8080");
  CHECK(address({{"HTTPS_PROXY", "//p:1/"}}) == "http://p:1");
  CHECK(address({{"HTTPS_PROXY", "https://P.Example"}}) == "https://p.example");
}

TEST_CASE("NO_PROXY: names with all below them, leading dots, ports, networks, a star alone") {
  const auto direct = [](const std::string& no_proxy, std::string_view origin) {
    return address({{"HTTPS_PROXY", "http://p:1"}, {"NO_PROXY", no_proxy}}, origin).empty();
  };
  const std::string_view aws = "https://connect.eu-west-2.amazonaws.com";
  CHECK(direct("*", aws));
  CHECK(!direct("*.amazonaws.com", aws));
  CHECK(!direct("x,*", aws));
  CHECK(direct("x, .AmazonAWS.com", aws));
  CHECK(direct("..amazonaws.com", aws));
  CHECK(direct("connect.eu-west-2.amazonaws.com", aws));
  CHECK(!direct("azonaws.com", aws));
  CHECK(!direct("x amazonaws.com", aws));  // commas divide, nothing else
  CHECK(!direct("amazonaws.com:443", aws));
  CHECK(direct("lab.example:8443", "https://lab.example:8443"));
  CHECK(direct("example:8443", "https://lab.example:8443"));
  CHECK(!direct("lab.example:8444", "https://lab.example:8443"));
  CHECK(direct("lab.example", "https://lab.example:8443"));
  CHECK(direct("10.0.0.0/8", "https://10.20.30.40:8443"));
  CHECK(!direct("10.0.0.0/8", "https://11.20.30.40"));
  CHECK(direct("0.0.0.0/0", "https://11.20.30.40"));
  CHECK(direct("10.20.30.40", "https://10.20.30.40"));
  CHECK(!direct("10.0.0.0/x,10.0.0.0/33,10.0.0/8", "https://10.20.30.40"));
  CHECK(!direct("", aws));
  CHECK(address({{"HTTPS_PROXY", "http://p:1"}, {"NO_PROXY", "*"}, {"no_proxy", ""}}) == "http://p:1");
}

TEST_CASE("this machine is never reached through a proxy") {
  for (const char* origin : {"http://127.0.0.1:99", "http://localhost", "https://[::1]:9"})
    CHECK(address({{"http_proxy", "http://p:1"}, {"https_proxy", "http://p:1"}, {"all_proxy", "http://p:1"}}, origin)
              .empty());
}

TEST_CASE("user and password go beside the address, and into no message") {
  const auto proxy = proxy_by({{"HTTPS_PROXY", "http://jo%40x:p%3Aw%2F@p.example:8080/path"}}, "https://a.example");
  REQUIRE(proxy);
  CHECK(proxy->address == "http://p.example:8080");
  CHECK(proxy->user == "jo@x");
  CHECK(proxy->password == "p:w/");
  for (const char* bad :
       {"gopher://u:HUSH@p:1", "http://u:HUSH@", "http://u:HUSH@p:99999", "http://u:HUSH@p q:1", "HUSH:HUSH"}) {
    const auto why = proxy_by({{"HTTPS_PROXY", bad}}, "https://a.example");
    REQUIRE(!why);
    CHECK(why.error().code == Code::usage);
    CHECK(why.error().message == "HTTPS_PROXY is no proxy: http://HOST:PORT is one");
  }
}
