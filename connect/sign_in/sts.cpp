#include "connect/sign_in/sts.h"

#include <expat.h>

#include <algorithm>
#include <memory>

#include "connect/printable.h"
#include "connect/sign_in/refusal.h"
#include "connect/sigv4.h"

namespace perch::connect {
namespace {

constexpr std::size_t longest_answer = 256U << 10U;
constexpr std::size_t deepest_element = 16;
constexpr int most_tries = 3;
constexpr std::chrono::minutes clock_is_wrong{4};  ///< STS takes signatures of five minutes

struct FreeParser {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

/// What expat tells while it reads, and what becomes of it.
struct XmlReading {
  XML_Parser parser;
  std::vector<std::string> path;
  std::string text;  ///< of the element that is open
  XmlTexts texts;
  bool refused = false;

  void refuse() {
    refused = true;
    XML_StopParser(parser, XML_FALSE);
  }
};

XmlReading& reading(void* of_it) { return *static_cast<XmlReading*>(of_it); }

void element_begins(void* of_it, const XML_Char* name, const XML_Char**) {
  auto& now = reading(of_it);
  now.text.clear();
  now.path.emplace_back(name);
  if (now.path.size() > deepest_element) now.refuse();
}

void element_ends(void* of_it, const XML_Char*) {
  auto& now = reading(of_it);
  std::string where;
  for (std::size_t n = 1; n < now.path.size(); ++n) where.append(n == 1 ? "" : "/").append(now.path[n]);
  const auto first = now.text.find_first_not_of(" \t\r\n");
  if (!where.empty() && first != std::string::npos)
    now.texts.emplace(where, now.text.substr(first, now.text.find_last_not_of(" \t\r\n") - first + 1));
  now.text.clear();
  now.path.pop_back();
}

void text_comes(void* of_it, const XML_Char* text, int size) {
  reading(of_it).text.append(text, static_cast<std::size_t>(size));
}

void document_type(void* of_it, const XML_Char*, const XML_Char*, const XML_Char*, int) { reading(of_it).refuse(); }

std::string text_in(const XmlTexts& texts, const std::string& path) {
  const auto at = texts.find(path);
  return at == texts.end() ? std::string() : at->second;
}

HttpRequest request_of(const StsPlace& place, const StsCall& call) {
  HttpRequest request{"POST", place.endpoint, "/", {}, {}, "Action=" + call.action + "&Version=2011-06-15"};
  for (const auto& [name, value] : call.parameters) request.body += '&' + name + '=' + percent_encoded(value);
  request.headers = {{"content-type", "application/x-www-form-urlencoded; charset=utf-8"},
                     {"user-agent", "perch/" PERCH_VERSION}};
  return request;
}

/// STS says so with status 400, and means "ask again".
bool identity_provider_was_slow(const std::string& code) { return code == "IDPCommunicationError"; }

Error sts_refusal(const HttpResponse& answer, const XmlTexts& texts, const StsCall& call) {
  const auto code = printable(text_in(texts, "Error/Code"), 100);
  Error out{Code::unauthenticated, code.empty() ? "HTTP " + std::to_string(answer.status) : code};
  const std::string_view secret = call.signer ? call.signer->secret_access_key : std::string_view();
  const std::string_view session = call.signer ? call.signer->session_token : std::string_view();
  const auto words = without_secrets(text_in(texts, "Error/Message"), {secret, session, call.token});
  if (!words.empty()) out.message += ": " + words;
  const bool throttled = answer.status == 429 || code == "Throttling" || code == "ThrottlingException";
  if (answer.status >= 500) out.code = Code::unavailable;
  if (throttled) out.code = Code::throttled;
  return out;
}

/// By how much the PC's clock goes wrong, if STS refused the signature for it.
std::optional<microseconds> wrong_by(const HttpResponse& answer, Wall at) {
  const auto* date = header(answer, "date");
  const auto server = date ? http_date(*date) : std::nullopt;
  if (!server || std::chrono::abs(*server - at) < clock_is_wrong) return {};
  return *server - at;
}

}  // namespace

Result<XmlTexts> parse_xml_texts(std::string_view xml) {
  if (xml.size() > longest_answer) return Error{Code::malformed, "an answer that is too long"};
  const std::unique_ptr<std::remove_pointer_t<XML_Parser>, FreeParser> parser(XML_ParserCreate(nullptr));
  if (!parser) return Error{Code::malformed, "out of memory"};
  XmlReading now{parser.get(), {}, {}, {}, false};
  XML_SetUserData(parser.get(), &now);
  XML_SetElementHandler(parser.get(), &element_begins, &element_ends);
  XML_SetCharacterDataHandler(parser.get(), &text_comes);
  XML_SetStartDoctypeDeclHandler(parser.get(), &document_type);
  const auto status = XML_Parse(parser.get(), xml.data(), static_cast<int>(xml.size()), XML_TRUE);
  if (status != XML_STATUS_OK || now.refused) return Error{Code::malformed, "an answer that is no XML of STS"};
  return std::move(now.texts);
}

Result<XmlTexts> call_sts(const Fetch& fetch, const Pause& pause, const StsPlace& place, const StsCall& call, Wall now,
                          milliseconds timeout) {
  const auto unsigned_one = request_of(place, call);
  Wall at = now;
  bool clock_corrected = false;
  for (int tries = 1;;) {
    HttpRequest request = unsigned_one;
    if (call.signer) {
      auto signed_one = signed_request(std::move(request), *call.signer, Scope{place.region, "sts"}, at);
      if (!signed_one) return signed_one.error();
      request = *std::move(signed_one);
    }
    const auto answer = fetch(request, timeout);
    std::optional<Error> why;
    bool once_more = may_pass(answer);
    if (!answer) {
      why = answer.error();
    } else {
      auto texts = parse_xml_texts(answer->body);
      if (answer->status == 200) return texts;
      why = sts_refusal(*answer, texts ? *texts : XmlTexts(), call);
      const auto code = texts ? text_in(*texts, "Error/Code") : "";
      once_more = once_more || why->code == Code::throttled || identity_provider_was_slow(code);
      if (const auto by = wrong_by(*answer, at); call.signer && answer->status == 403 && by && !clock_corrected) {
        clock_corrected = true;
        at += *by;
        continue;
      }
    }
    if (!once_more || tries == most_tries || !pause || !pause(milliseconds(200) * (1 << tries))) return *std::move(why);
    ++tries;
  }
}

Result<Credentials> sts_keys(const XmlTexts& answer, const std::string& result, const std::string& origin, Wall now) {
  const auto part = [&](const char* name) { return text_in(answer, result + "/Credentials/" + name); };
  Credentials keys{part("AccessKeyId"), part("SecretAccessKey"), part("SessionToken"), iso_time(part("Expiration")),
                   origin};
  for (const auto& [name, value] :
       {std::pair("AccessKeyId", &keys.access_key_id), std::pair("SecretAccessKey", &keys.secret_access_key),
        std::pair("SessionToken", &keys.session_token)})
    if (value->empty()) return no_keys(origin + ": STS's answer has no " + name);
  if (!keys.expires) return no_keys(origin + ": STS's answer has no Expiration");
  return usable_keys(std::move(keys), now);
}

}  // namespace perch::connect
