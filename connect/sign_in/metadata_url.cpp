#include "connect/sign_in/metadata_url.h"

#include <algorithm>

namespace perch::connect {

Result<HttpRequest> get_metadata(const std::string& url) {
  const Error refusal{Code::usage,
                      "must be an https:// URL, or an http:// one of this machine or of a metadata address"};
  const auto visible = [](char c) { return c > ' ' && c < 0x7F; };
  const auto mark = url.find("://");
  if (mark == std::string::npos || !std::all_of(url.begin(), url.end(), visible)) return refusal;
  const auto end = std::min(url.find_first_of("/?#", mark + 3), url.size());
  const auto origin = parse_metadata_origin(url.substr(0, end));
  if (!origin) return refusal;
  const std::string rest = url.substr(end, url.find('#') == std::string::npos ? url.npos : url.find('#') - end);
  const auto question = std::min(rest.find('?'), rest.size());
  HttpRequest request{"GET", *origin, rest.substr(0, question), {}, {}, {}};
  if (request.path.empty()) request.path = "/";
  std::string_view query = std::string_view(rest).substr(std::min(question + 1, rest.size()));
  while (!query.empty()) {
    const auto pair = query.substr(0, query.find('&'));
    const auto equals = std::min(pair.find('='), pair.size());
    if (!pair.empty())
      request.query.emplace_back(percent_decoded(pair.substr(0, equals)),
                                 percent_decoded(pair.substr(std::min(equals + 1, pair.size()))));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
  }
  return request;
}

}  // namespace perch::connect
