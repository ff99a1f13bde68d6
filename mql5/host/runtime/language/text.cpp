#include "text.h"

#include <algorithm>
#include <clocale>
#include <cwctype>

#include "errors.h"

namespace {
bool is_blank(char16_t letter) { return letter == u' ' || letter == u'\t' || letter == u'\r' || letter == u'\n' || letter == u'\v' || letter == u'\f'; }

// Letters of every script, whatever locale the host runs in.
locale_t unicode() {
  static const locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  return locale;
}
char16_t lower(char16_t letter) {
  if (letter < 128) return letter >= u'A' && letter <= u'Z' ? static_cast<char16_t>(letter + 32) : letter;
  return unicode() ? static_cast<char16_t>(towlower_l(letter, unicode())) : letter;
}
char16_t upper(char16_t letter) {
  if (letter < 128) return letter >= u'a' && letter <= u'z' ? static_cast<char16_t>(letter - 32) : letter;
  return unicode() ? static_cast<char16_t>(towupper_l(letter, unicode())) : letter;
}
template <class F> bool change_all(string &text, F change) {
  const int length = text.length();
  if (length == 0) return true;
  char16_t *letters = text.writable(length);
  for (int i = 0; i < length; i++) letters[i] = change(letters[i]);
  return true;
}
}  // namespace

bool StringInit(string &text, int length, ushort letter) {
  if (length < 0) return mql_fail(ERR_INVALID_PARAMETER);
  // A zero ends a text, so a text of zeros is an empty one with room.
  text = letter == 0 ? string(u"", 0) : string(std::u16string(static_cast<size_t>(length), static_cast<char16_t>(letter)));
  if (letter == 0) text.writable(length);
  return true;
}

bool StringReserve(string &text, uint capacity) {
  const int length = text.length();
  text.writable(static_cast<int>(capacity));
  text.set_length(length);
  return true;
}

bool StringSetLength(string &text, uint length) {
  const int before = text.length(), wanted = static_cast<int>(length);
  char16_t *letters = text.writable(wanted);
  for (int i = before; i < wanted; i++) letters[i] = u' ';
  text.set_length(wanted);
  return true;
}

bool StringFill(string &text, ushort letter) {
  if (letter == 0) {
    text = string(u"", 0);
    return true;
  }
  return change_all(text, [letter](char16_t) { return static_cast<char16_t>(letter); });
}

bool StringAdd(string &text, const string &added) {
  text += added;
  return true;
}

int StringCompare(const string &a, const string &b, bool case_sensitive) {
  const int shared = std::min(a.length(), b.length());
  for (int i = 0; i < shared; i++) {
    const char16_t x = lower(a.data()[i]), y = lower(b.data()[i]);
    if (x != y) return x < y ? -1 : 1;
  }
  if (a.length() != b.length()) return a.length() < b.length() ? -1 : 1;
  // Alphabetical order first: only among equal letters a capital is the greater one.
  if (case_sensitive)
    for (int i = 0; i < shared; i++)
      if (a.data()[i] != b.data()[i]) return a.data()[i] < b.data()[i] ? 1 : -1;
  return 0;
}

int StringFind(const string &text, const string &wanted, int start) {
  if (start < 0 || start > text.length() || wanted.length() == 0) return -1;
  const size_t found = text.view().find(wanted.view(), static_cast<size_t>(start));
  return found == std::u16string_view::npos ? -1 : static_cast<int>(found);
}

string StringSubstr(const string &text, int start, int length) {
  if (start < 0 || start >= text.length() || length == 0) return u""_mql;
  return string(text.view().substr(static_cast<size_t>(start), length < 0 ? std::u16string_view::npos : static_cast<size_t>(length)));
}

int StringReplace(string &text, const string &wanted, const string &instead) {
  if (wanted.length() == 0) return 0;
  int count = 0;
  std::u16string result;
  const std::u16string_view all = text.view();
  size_t from = 0;
  for (size_t found; (found = all.find(wanted.view(), from)) != std::u16string_view::npos; from = found + wanted.view().size()) {
    result += all.substr(from, found - from);
    result += instead.view();
    count++;
  }
  if (count == 0) return 0;
  result += all.substr(from);
  text = string(result);
  return count;
}

int StringSplit(const string &text, ushort separator, mql_array<string> &parts) {
  // A fixed array cannot take a number of parts that nobody knows beforehand.
  if (parts.is_fixed()) {
    mql_fail(ERR_INVALID_ARRAY);
    return -1;
  }
  parts.release();
  if (text.length() == 0) return 0;
  if (separator == 0) {
    parts.resize(1);
    parts.data()[0] = text;
    return 1;
  }
  const std::u16string_view all = text.view();
  for (size_t from = 0; from <= all.size();) {
    size_t to = all.find(static_cast<char16_t>(separator), from);
    if (to == std::u16string_view::npos) to = all.size();
    parts.resize(parts.count() + 1, parts.count());
    parts.data()[parts.count() - 1] = string(all.substr(from, to - from));
    from = to + 1;
  }
  return parts.count();
}

int StringTrimLeft(string &text) {
  int blanks = 0;
  while (blanks < text.length() && is_blank(text.data()[blanks])) blanks++;
  if (blanks) text = string(text.view().substr(static_cast<size_t>(blanks)));
  return blanks;
}

int StringTrimRight(string &text) {
  int end = text.length();
  while (end > 0 && is_blank(text.data()[end - 1])) end--;
  const int blanks = text.length() - end;
  if (blanks) text = string(text.view().substr(0, static_cast<size_t>(end)));
  return blanks;
}

bool StringToLower(string &text) { return change_all(text, lower); }
bool StringToUpper(string &text) { return change_all(text, upper); }

ushort StringGetCharacter(const string &text, int position) {
  if (position < 0 || position >= text.length()) {
    mql_fail(ERR_STRINGPOS_OUTOFRANGE);
    return 0;
  }
  return text[position];
}

bool StringSetCharacter(string &text, int position, ushort letter) {
  const int length = text.length();
  if (position < 0 || position > length) return mql_fail(ERR_STRINGPOS_OUTOFRANGE);
  char16_t *letters = text.writable(std::max(length, position + 1));
  // A zero cuts the text; a letter at its end makes it longer by one.
  if (letter == 0) {
    text.set_length(position);
    return true;
  }
  letters[position] = static_cast<char16_t>(letter);
  if (position == length) text.set_length(length + 1);
  return true;
}
