#include "convert.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace {
bool is_space(char16_t letter) { return letter == u' ' || (letter >= u'\t' && letter <= u'\r'); }
bool is_digit(char16_t letter) { return letter >= u'0' && letter <= u'9'; }
}  // namespace

string IntegerToString(long number, int length, ushort fill) {
  const string digits = mql_text_of(number);
  const int missing = length - digits.length();
  return missing > 0 ? string(std::u16string(static_cast<size_t>(missing), static_cast<char16_t>(fill))) + digits : digits;
}

string DoubleToString(double value, int digits) {
  char text[400];
  if (digits < 0 && digits >= -16) std::snprintf(text, sizeof text, "%.*e", -digits, value);
  else std::snprintf(text, sizeof text, "%.*f", digits >= 0 && digits <= 16 ? digits : 8, value);
  return string(text);
}

double NormalizeDouble(double value, int digits) {
  if (!std::isfinite(value)) return value;
  const double scale = std::pow(10.0, digits < 0 ? 0 : digits > 8 ? 8 : digits);
  const double scaled = value * scale;
  return std::fabs(scaled) < 9e15 ? std::round(scaled) / scale : value;
}

long StringToInteger(const string &text) {
  const std::u16string_view all = text.view();
  size_t at = 0;
  while (at < all.size() && is_space(all[at])) at++;
  std::string digits;
  if (at < all.size() && (all[at] == u'-' || all[at] == u'+')) digits += static_cast<char>(all[at++]);
  for (; at < all.size() && is_digit(all[at]); at++) digits += static_cast<char>(all[at]);
  return std::strtol(digits.c_str(), nullptr, 10);
}

double StringToDouble(const string &text) {
  const std::u16string_view all = text.view();
  size_t at = 0;
  while (at < all.size() && is_space(all[at])) at++;
  // Only plain decimal numbers: strtod would also read hexadecimal ones, inf and nan.
  std::string number;
  for (; at < all.size(); at++) {
    const char16_t letter = all[at];
    const bool sign = (letter == u'-' || letter == u'+') && (number.empty() || number.back() == 'e');
    const bool exponent = (letter == u'e' || letter == u'E') && number.find('e') == std::string::npos && !number.empty();
    const bool point = letter == u'.' && number.find_first_of(".e") == std::string::npos;
    if (!is_digit(letter) && !sign && !exponent && !point) break;
    number += exponent ? 'e' : static_cast<char>(letter);
  }
  return std::strtod(number.c_str(), nullptr);
}

string CharToString(uchar code) { return mql_decode(&code, 1, CP_ACP); }

string ShortToString(ushort code) {
  const char16_t letter = static_cast<char16_t>(code);
  return string(&letter, 1);
}

std::string mql_bytes_of(const string &text, int count, uint codepage) {
  std::string bytes = mql_encode(text, codepage);
  bytes += '\0';
  if (count >= 0 && static_cast<size_t>(count) < bytes.size()) bytes.resize(static_cast<size_t>(count));
  return bytes;
}

string mql_text_of_bytes(const void *bytes, int available, int start, int count, uint codepage) {
  if (start < 0 || start >= available) return u""_mql;
  const char *from = static_cast<const char *>(bytes) + start;
  int length = available - start;
  if (count >= 0 && count < length) length = count;
  const void *zero = std::memchr(from, 0, static_cast<size_t>(length));
  if (zero) length = static_cast<int>(static_cast<const char *>(zero) - from);
  return mql_decode(from, static_cast<size_t>(length), codepage);
}

int StringToShortArray(const string &text, mql_array<ushort> &array, int start, int count) {
  const int from = start < 0 ? 0 : start;
  int copied = text.length() + 1;
  if (count >= 0 && count < copied) copied = count;
  if (array.count() < from + copied && !array.resize(from + copied)) return 0;
  for (int i = 0; i < copied; i++) array.data()[from + i] = text[i];
  return copied;
}

string ShortArrayToString(const mql_array<ushort> &array, int start, int count) {
  if (start < 0 || start >= array.count()) return u""_mql;
  int length = array.count() - start;
  if (count >= 0 && count < length) length = count;
  std::u16string text;
  for (int i = 0; i < length && array.data()[start + i] != 0; i++) text += static_cast<char16_t>(array.data()[start + i]);
  return string(text);
}
