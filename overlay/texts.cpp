#include "overlay/texts.h"

#include <type_traits>

namespace perch::overlay {

const std::vector<const Texts*>& languages() {
  static const std::vector<const Texts*> all{&english, &german};
  return all;
}

const Texts& texts_in(std::string_view language) {
  const std::string_view code = language.substr(0, language.find_first_of("_.@-"));
  for (const Texts* texts : languages())
    if (code == texts->code) return *texts;
  return english;
}

std::vector<const char*> words_in(const Texts& texts) {
  // A Texts is nothing but pointers to words.
  static_assert(std::is_standard_layout_v<Texts> && sizeof(Texts) % sizeof(const char*) == 0);
  const auto* first = reinterpret_cast<const char* const*>(&texts);
  return {first, first + sizeof(Texts) / sizeof(const char*)};
}

std::string say(const char* pattern, std::initializer_list<std::string_view> values) {
  std::string said;
  for (std::string_view rest = pattern; !rest.empty();) {
    const bool hole = rest.size() >= 3 && rest[0] == '{' && rest[2] == '}' && rest[1] >= '0' && rest[1] <= '9';
    const auto number = hole ? static_cast<std::size_t>(rest[1] - '0') : values.size();
    if (number < values.size()) {
      said += values.begin()[number];
      rest.remove_prefix(3);
    } else {
      said += rest.front();
      rest.remove_prefix(1);
    }
  }
  return said;
}

std::string say(const Counted& pattern, std::size_t count) {
  return say(count == 1 ? pattern.one : pattern.many, {std::to_string(count)});
}

}  // namespace perch::overlay
