#include <algorithm>
#include <array>
#include <string_view>

#include "connect/wire.h"

namespace perch::connect {
namespace {

using Names = std::string_view;

/// Rate, whatever the status. LimitExceededException is not here: in Connect it is a resource quota, although 429.
constexpr std::array throttling{Names("Throttling"),
                                Names("ThrottlingException"),
                                Names("ThrottledException"),
                                Names("RequestThrottled"),
                                Names("RequestThrottledException"),
                                Names("TooManyRequestsException"),
                                Names("RequestLimitExceeded"),
                                Names("BandwidthLimitExceeded"),
                                Names("SlowDown"),
                                Names("EC2ThrottledException"),
                                Names("PriorRequestNotComplete"),
                                Names("TransactionInProgressException"),
                                Names("ProvisionedThroughputExceededException")};

/// Keys or signature are not taken, whatever the status (mostly 403, also 400). The clock's names too: a signature of
/// the wrong time is a wrong signature, until the client has learnt the time.
constexpr std::array rejected{Names("UnrecognizedClient"),
                              Names("UnrecognizedClientException"),
                              Names("InvalidSignature"),
                              Names("InvalidSignatureException"),
                              Names("IncompleteSignature"),
                              Names("IncompleteSignatureException"),
                              Names("MissingAuthenticationToken"),
                              Names("MissingAuthenticationTokenException"),
                              Names("RequestExpired"),
                              Names("RequestInTheFuture"),
                              Names("RequestTimeTooSkewed"),
                              Names("SignatureDoesNotMatch"),
                              Names("AuthFailure"),
                              Names("InvalidClientTokenId"),
                              Names("InvalidAccessKeyId"),
                              Names("InvalidToken"),
                              Names("InvalidTokenId"),
                              Names("NotAuthorizedException"),
                              Names("UnauthorizedException")};

constexpr std::array transient_names{Names("InternalServiceException"),
                                     Names("InternalServerException"),
                                     Names("InternalServerError"),
                                     Names("InternalFailure"),
                                     Names("InternalError"),
                                     Names("ServiceUnavailable"),
                                     Names("ServiceUnavailableException"),
                                     Names("RequestTimeout"),
                                     Names("RequestTimeoutException")};

template <class List>
bool holds(const List& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

}  // namespace

Code code_of(int http_status, std::string_view aws_code) {
  if (holds(throttling, aws_code)) return Code::throttled;
  if (holds(rejected, aws_code) || aws_code.starts_with("ExpiredToken")) return Code::unauthenticated;
  if (holds(transient_names, aws_code)) return Code::unavailable;
  if (aws_code == "LimitExceededException") return Code::invalid;
  if (aws_code == "AccessDeniedException" || aws_code == "AccessDenied") return Code::denied;
  if (aws_code == "ResourceNotFoundException") return Code::not_found;
  switch (http_status) {
    case 401:
      return Code::unauthenticated;
    case 403:
      return Code::denied;
    case 404:
    case 410:
      return Code::not_found;
    case 408:
      return Code::unavailable;
    case 429:
      return Code::throttled;
    default:
      break;
  }
  if (http_status >= 400 && http_status < 500) return Code::invalid;
  if (http_status >= 500 && http_status < 600) return Code::unavailable;
  return Code::malformed;
}

}  // namespace perch::connect
