#include "format.h"

#include <cstdio>
#include <cstring>

namespace {
struct directive {
  std::string flags;
  int width = -1;
  int precision = -1;
  std::string size;
  char type = 0;
};

class formatter {
 public:
  formatter(const string &format, std::initializer_list<mql_value> arguments) : format_text(format.view()), next(arguments.begin()), end(arguments.end()) {}

  string run() {
    string result;
    size_t at = 0;
    while (at < format_text.size()) {
      size_t percent = format_text.find(u'%', at);
      if (percent == std::u16string_view::npos) percent = format_text.size();
      result.append(format_text.data() + at, static_cast<int>(percent - at));
      if (percent == format_text.size()) break;
      directive asked;
      size_t after = percent + 1;
      if (after < format_text.size() && format_text[after] == u'%') {
        result += u"%"_mql;
        at = after + 1;
        continue;
      }
      if (!read(after, asked)) {
        // Not a directive: the text stands as it is.
        result += u"%"_mql;
        at = percent + 1;
        continue;
      }
      write(result, asked);
      at = after;
    }
    return result;
  }

 private:
  std::u16string_view format_text;
  const mql_value *next;
  const mql_value *end;

  char16_t peek(size_t at) const { return at < format_text.size() ? format_text[at] : u'\0'; }
  bool take(size_t &at, const char *word) const {
    const size_t length = std::strlen(word);
    for (size_t i = 0; i < length; i++)
      if (peek(at + i) != static_cast<char16_t>(word[i])) return false;
    at += length;
    return true;
  }
  int number(size_t &at) {
    if (peek(at) == u'*') {
      at++;
      return next != end ? static_cast<int>((next++)->whole) : 0;
    }
    int value = 0;
    for (; peek(at) >= u'0' && peek(at) <= u'9'; at++) value = value < 100000 ? value * 10 + (peek(at) - u'0') : value;
    return value;
  }
  bool read(size_t &at, directive &asked) {
    while (peek(at) && std::strchr("-+ #0", peek(at) < 128 ? peek(at) : 1)) asked.flags += static_cast<char>(peek(at++));
    if (peek(at) == u'*' || (peek(at) >= u'1' && peek(at) <= u'9')) asked.width = number(at);
    if (asked.width < -1) {
      asked.flags += '-';
      asked.width = -asked.width;
    }
    if (peek(at) == u'.') asked.precision = number(++at);
    for (const char *size : {"I64", "I32", "ll", "l", "h", "L", "w"})
      if (take(at, size)) {
        asked.size = size;
        break;
      }
    const char16_t type = peek(at);
    if (type == 0 || type > 127 || !std::strchr("diuxXocCsSeEfFgGaAp", type)) return false;
    asked.type = static_cast<char>(type);
    at++;
    return true;
  }

  static std::string specification(const directive &asked, const char *size, char type) {
    std::string text = "%" + asked.flags;
    if (asked.width >= 0) text += std::to_string(asked.width);
    if (asked.precision >= 0) text += "." + std::to_string(asked.precision);
    return text + size + type;
  }
  template <class T> static void print(string &result, const std::string &specification, T value) {
    char small[128];
    const int length = std::snprintf(small, sizeof small, specification.c_str(), value);
    if (length < static_cast<int>(sizeof small)) {
      result += string(small);
      return;
    }
    std::string large(static_cast<size_t>(length) + 1, '\0');
    std::snprintf(large.data(), large.size(), specification.c_str(), value);
    large.pop_back();
    result += string(large);
  }
  static void pad(string &result, std::u16string_view text, const directive &asked) {
    if (asked.precision >= 0) text = text.substr(0, static_cast<size_t>(asked.precision));
    const int missing = asked.width - static_cast<int>(text.size());
    const std::u16string spaces(missing > 0 ? static_cast<size_t>(missing) : 0, u' ');
    const bool left = asked.flags.find('-') != std::string::npos;
    if (!left) result += string(spaces);
    result.append(text.data(), static_cast<int>(text.size()));
    if (left) result += string(spaces);
  }

  void write(string &result, const directive &asked) {
    const bool wants_text = asked.type == 's' || asked.type == 'S';
    if (next == end) {
      if (wants_text) result += u"(missed string parameter)"_mql;
      else write_number(result, asked, mql_value(0));
      return;
    }
    const mql_value &argument = *next++;
    if (wants_text) {
      if (argument.type == mql_value::text) pad(result, argument.words.view(), asked);
      else result += u"(non-string passed)"_mql;
    } else {
      write_number(result, asked, argument);
    }
  }
  void write_number(string &result, const directive &asked, const mql_value &argument) {
    const bool wide = asked.size == "I64" || asked.size == "ll" || asked.type == 'p';
    switch (asked.type) {
      case 'd':
      case 'i':
        if (wide) print(result, specification(asked, "l", 'd'), argument.whole);
        else if (asked.size == "h") print(result, specification(asked, "", 'd'), static_cast<int>(static_cast<short>(argument.whole)));
        else print(result, specification(asked, "", 'd'), static_cast<int>(argument.whole));
        break;
      case 'u':
      case 'x':
      case 'X':
      case 'o':
      case 'p': {
        const char type = asked.type == 'p' ? 'X' : asked.type;
        if (wide) print(result, specification(asked, "l", type), static_cast<ulong>(argument.whole));
        else if (asked.size == "h") print(result, specification(asked, "", type), static_cast<uint>(static_cast<ushort>(argument.whole)));
        else print(result, specification(asked, "", type), static_cast<uint>(argument.whole));
        break;
      }
      case 'c':
      case 'C': {
        const char16_t letter = static_cast<char16_t>(argument.whole);
        directive one = asked;
        one.precision = -1;
        pad(result, std::u16string_view(&letter, 1), one);
        break;
      }
      default:
        print(result, specification(asked, "", asked.type), argument.fraction);
    }
  }
};
}  // namespace

string mql_format(const string &format, std::initializer_list<mql_value> arguments) { return formatter(format, arguments).run(); }
