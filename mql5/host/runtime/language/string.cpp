#include "string.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

#include "colors.h"
#include "convert.h"
#include "encoding.h"
#include "time.h"

string::buffer *string::allocate(int capacity) {
  const size_t bytes = sizeof(buffer) + (static_cast<size_t>(capacity) + 1) * sizeof(char16_t);
  buffer *fresh = static_cast<buffer *>(std::malloc(bytes));
  if (!fresh) throw std::bad_alloc();
  fresh->owners = 1;
  fresh->length = 0;
  fresh->capacity = capacity;
  fresh->unused = 0;
  text_of(fresh)[0] = 0;
  return fresh;
}

void string::release() {
  if (shared && --shared->owners == 0) std::free(shared);
  shared = nullptr;
}

string::string(const char16_t *text, size_t length) : shared(allocate(static_cast<int>(length))) {
  shared->length = static_cast<int>(length);
  std::copy(text, text + length, text_of(shared));
  text_of(shared)[length] = 0;
}

string::string(const char *utf8) : string(mql_utf16(utf8, std::strlen(utf8))) {}
string::string(const std::string &utf8) : string(mql_utf16(utf8.data(), utf8.size())) {}
string mql_text_of_integer(long value, bool is_unsigned) {
  char digits[24];
  const int n = is_unsigned ? std::snprintf(digits, sizeof digits, "%lu", static_cast<ulong>(value)) : std::snprintf(digits, sizeof digits, "%ld", value);
  string result;
  char16_t *text = result.writable(n);
  std::copy(digits, digits + n, text);
  result.set_length(n);
  return result;
}

std::string string::utf8() const { return mql_utf8(data(), static_cast<size_t>(length())); }
bool string::to_bool() const { return *this == u"true"_mql || StringToInteger(*this) != 0; }
long string::to_integer() const { return StringToInteger(*this); }
double string::to_double() const { return StringToDouble(*this); }
long string::to_time() const { return StringToTime(*this); }

char16_t *string::writable(int room) {
  const int kept = length();
  const int wanted = std::max(room, kept);
  if (!shared || shared->owners > 1 || shared->capacity < wanted) {
    // Doubling keeps a loop of += linear.
    buffer *fresh = allocate(shared && shared->owners == 1 ? std::max(wanted, shared->capacity * 2) : wanted);
    std::copy(data(), data() + kept, text_of(fresh));
    fresh->length = kept;
    text_of(fresh)[kept] = 0;
    release();
    shared = fresh;
  }
  return text_of(shared);
}

void string::set_length(int length_now) {
  char16_t *text = writable(length_now);
  shared->length = length_now;
  text[length_now] = 0;
}

string &string::append(const char16_t *text, int count) {
  if (count == 0) {
    // NULL + "" is an empty text, no longer NULL.
    if (!shared) shared = allocate(0);
    return *this;
  }
  const int before = length();
  // `s += s`: the source may lie in the buffer that writable() replaces.
  const std::u16string_view mine = view();
  const bool own = text >= mine.data() && text < mine.data() + mine.size();
  const long offset = own ? text - mine.data() : 0;
  char16_t *target = writable(before + count);
  const char16_t *source = own ? target + offset : text;
  std::copy(source, source + count, target + before);
  shared->length = before + count;
  target[before + count] = 0;
  return *this;
}

string operator+(const string &a, const string &b) {
  string result;
  result.writable(a.length() + b.length());
  result.append(a.data(), a.length());
  result.append(b.data(), b.length());
  return result;
}

string mql_text_of_bool(bool value) { return value ? u"true"_mql : u"false"_mql; }
string mql_text_of_time(datetime value) { return TimeToString(value, TIME_DATE | TIME_SECONDS); }
string mql_text_of_color(color value) { return ColorToString(value, true); }

// At most 16 significant digits, in whichever notation is shorter, as the terminal prints.
string mql_text_of_double(double value) {
  if (std::isnan(value)) return string(std::signbit(value) ? "-nan(ind)" : "nan");
  if (std::isinf(value)) return string(value < 0 ? "-inf" : "inf");
  char digits[40];
  std::snprintf(digits, sizeof digits, "%.16g", value);
  std::string text = digits;
  // A whole number still shows that it is a real one: 1.0.
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return string(text);
}

// 5 digits after the point.
string mql_text_of_float(float value) {
  if (!std::isfinite(value) || std::fabs(value) >= 1e15f) return mql_text_of_double(static_cast<double>(value));
  char digits[64];
  std::snprintf(digits, sizeof digits, "%.5f", static_cast<double>(value));
  std::string text = digits;
  while (text.size() > 2 && text.back() == '0' && text[text.size() - 2] != '.') text.pop_back();
  return string(text);
}
