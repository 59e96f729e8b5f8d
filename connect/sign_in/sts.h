#pragma once
// The Security Token Service: its query requests and its XML. The only file pair that knows expat.
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "connect/sign_in/outside.h"

namespace perch::connect {

struct StsPlace {
  std::string endpoint;  ///< scheme://host[:port]
  std::string region;    ///< to sign for
};

/// The texts of an answer by their path below the root: "AssumeRoleResult/Credentials/AccessKeyId".
using XmlTexts = std::map<std::string, std::string>;

/// Code::malformed for what is no XML, has a document type (entities could grow without end), or is larger than any
/// answer of STS. Of equal paths the first counts.
Result<XmlTexts> parse_xml_texts(std::string_view xml);

struct StsCall {
  std::string action;
  std::vector<std::pair<std::string, std::string>> parameters;
  const Credentials* signer = nullptr;  ///< null: unsigned
  std::string token;                    ///< a secret among the parameters, kept out of messages
};

/// Sends, up to three times when a next try may better it (no answer, 5xx, throttling, IDPCommunicationError; not
/// without `pause`), and once more with the time of the answer's Date when the PC's clock is wrong. What STS refuses is
/// Code::unauthenticated with "CODE: STS's words".
Result<XmlTexts> call_sts(const Fetch& fetch, const Pause& pause, const StsPlace& place, const StsCall& call, Wall now,
                          milliseconds timeout);

/// The keys below `result` ("AssumeRoleResult").
Result<Credentials> sts_keys(const XmlTexts& answer, const std::string& result, const std::string& origin, Wall now);

}  // namespace perch::connect
