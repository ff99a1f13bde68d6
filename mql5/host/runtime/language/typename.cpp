#include "typename.h"

#include <utility>

namespace {
void replace_all(std::string &text, const std::string &from, const std::string &to) {
  for (size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) text.replace(at, from.size(), to);
}

// gcc's spelling -> MQL5's. Longer spellings first.
const std::pair<const char *, const char *> spellings[] = {
    {"mql_program::", ""},       {"long unsigned int", "ulong"}, {"short unsigned int", "ushort"}, {"unsigned char", "uchar"},
    {"unsigned int", "uint"},    {"short int", "short"},         {"long int", "long"},             {"{anonymous}::", ""},
};
}  // namespace

string mql_typename_from(const char *pretty) {
  std::string text = pretty;
  const size_t with = text.find("T = ");
  if (with == std::string::npos) return string(text);
  text = text.substr(with + 4);
  if (!text.empty() && text.back() == ']') text.pop_back();
  for (const auto &[gcc, mql5] : spellings) replace_all(text, gcc, mql5);
  // mql_pointer<CFoo> -> CFoo *
  const std::string pointer = "mql_pointer<";
  if (text.compare(0, pointer.size(), pointer) == 0 && text.back() == '>') text = text.substr(pointer.size(), text.size() - pointer.size() - 1) + " *";
  return string(text);
}

string mql_function_name(const char *pretty) {
  std::string text = pretty;
  text = text.substr(0, text.find('('));
  const size_t space = text.rfind(' ');
  if (space != std::string::npos) text = text.substr(space + 1);
  while (!text.empty() && (text[0] == '*' || text[0] == '&')) text = text.substr(1);
  replace_all(text, "mql_program::", "");
  return string(text);
}
