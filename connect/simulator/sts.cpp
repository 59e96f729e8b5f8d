#include "connect/simulator/sts.h"

#include <array>

#include "connect/json.h"

namespace perch::simulator {
namespace {

constexpr std::string_view version = "2011-06-15";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else
      out += c;
  }
  return out;
}

std::string element(const std::string& name, std::string_view text) {
  return '<' + name + '>' + escaped(text) + "</" + name + '>';
}

std::string document(const std::string& name, const std::string& inner) {
  return '<' + name + " xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">" + inner + "</" + name + ">\n";
}

std::string field(const Request& request, std::string_view name) {
  for (std::string_view part : split(request.body, '&'))
    if (part.starts_with(name) && part.substr(name.size(), 1) == "=")
      return percent_decoded(part.substr(name.size() + 1), true);
  return {};
}

/// The front end of STS has other names for the same refusals than Connect's.
std::string sts_code(std::string_view code) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> names{
      {{"UnrecognizedClientException", "InvalidClientTokenId"},
       {"InvalidSignatureException", "SignatureDoesNotMatch"},
       {"IncompleteSignatureException", "IncompleteSignature"},
       {"MissingAuthenticationTokenException", "MissingAuthenticationToken"},
       {"ExpiredTokenException", "ExpiredToken"},
       {"AccessDeniedException", "AccessDenied"},
       {"TooManyRequestsException", "Throttling"},
       {"UnknownOperationException", "InvalidAction"}}};
  for (const auto& [connects, theirs] : names)
    if (connects == code) return std::string(theirs);
  return std::string(code);
}

}  // namespace

bool is_sts(const Request& request) { return request.method == "POST" && request.raw_path() == "/"; }

std::optional<std::string> sts_operation_of(const Request& request) {
  const std::string action = field(request, "Action");
  if (action != "GetCallerIdentity" || field(request, "Version") != version) return std::nullopt;
  return action;
}

Answer perform_sts(const Request& /*there is one operation*/, const Instance& instance) {
  Answer answer;
  answer.headers = {{"content-type", "text/xml"}};
  answer.body = document("GetCallerIdentityResponse",
                         "<GetCallerIdentityResult>" + element("Arn", instance.caller_arn()) +
                             element("UserId", "AROASIMULATEDROLE000:" + instance.caller_session) +
                             element("Account", account_id) + "</GetCallerIdentityResult><ResponseMetadata>" +
                             element("RequestId", instance.request_id) + "</ResponseMetadata>");
  return answer;
}

Answer sts_answer(Answer answer, const std::string& request_id) {
  std::string code;
  std::erase_if(answer.headers, [&](const Header& header) {
    if (header.first != "x-amzn-errortype") return false;
    code = header.second;
    return true;
  });
  if (code.empty()) return answer;
  const auto told = connect::parse_json(answer.body);
  const std::string* message = told ? told->text_at("message") : nullptr;
  if (told && !message) message = told->text_at("Message");
  answer.headers = {{"content-type", "text/xml"}};
  answer.body =
      document("ErrorResponse", "<Error>" + element("Type", answer.status < 500 ? "Sender" : "Receiver") +
                                    element("Code", sts_code(code)) + element("Message", message ? *message : "") +
                                    "</Error>" + element("RequestId", request_id));
  if (code == "TooManyRequestsException" || code == "UnknownOperationException") answer.status = 400;
  return answer;
}

}  // namespace perch::simulator
