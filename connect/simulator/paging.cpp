#include "connect/simulator/paging.h"

#include <algorithm>
#include <charconv>

#include "connect/simulator/digest.h"

namespace perch::simulator {

connect::Result<Page> page_of(std::size_t total, std::size_t page_size, std::string_view token,
                              std::string_view question) {
  // Binary before the text, so that tokens hold + / = as real ones do and clients must encode them.
  std::string stamp = "\xFB\xEF\xFF" + sha256(question).substr(0, 9);
  Page page;
  if (!token.empty()) {
    auto text = from_base64(token);
    if (!text || !text->starts_with(stamp)) return connect::Error{connect::Code::invalid, "Invalid NextToken"};
    const char* end = text->data() + text->size();
    auto read = std::from_chars(text->data() + stamp.size(), end, page.begin);
    if (read.ec != std::errc() || read.ptr != end || page.begin > total)
      return connect::Error{connect::Code::invalid, "Invalid NextToken"};
  }
  page.end = std::min(total, page.begin + page_size);
  if (page.end < total) page.next_token = base64(stamp + std::to_string(page.end));
  return page;
}

}  // namespace perch::simulator
