#include "connect/sign_in/command_words.h"

namespace perch::connect {

Result<std::vector<std::string>> command_words(std::string_view command) {
  std::vector<std::string> words;
  std::string word;
  bool has_word = false;  // '' is a word too
  char quote = 0;
  for (std::size_t at = 0; at < command.size(); ++at) {
    const char c = command[at];
    if (quote == '\'' && c != quote) {
      word += c;
    } else if (c == '\\') {
      if (++at == command.size()) return Error{Code::usage, "ends with a backslash"};
      // Between double quotes a backslash stands for itself, unless it keeps one of these two.
      if (quote == '"' && command[at] != '"' && command[at] != '\\') word += '\\';
      word += command[at];
      has_word = true;
    } else if (quote != 0 && c == quote) {
      quote = 0;
    } else if (quote == 0 && (c == '"' || c == '\'')) {
      quote = c;
      has_word = true;
    } else if (quote == 0 && (c == ' ' || c == '\t' || c == '\r' || c == '\n')) {
      if (has_word) words.push_back(std::move(word));
      word.clear();
      has_word = false;
    } else {
      word += c;
      has_word = true;
    }
  }
  if (quote != 0) return Error{Code::usage, "has a quote that is not closed"};
  if (has_word) words.push_back(std::move(word));
  return words;
}

}  // namespace perch::connect
