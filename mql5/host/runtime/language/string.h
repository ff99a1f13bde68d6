// `string`: UTF-16 text as in the terminal, with a null state. Copies share one buffer until one of them is
// written, and the object is a single pointer, so that arrays of structs can be moved in memory as bytes.
#pragma once
#include <string>
#include <string_view>

#include "types.h"

string mql_text_of_integer(long value, bool is_unsigned);
string mql_text_of_bool(bool value);
string mql_text_of_double(double value);
string mql_text_of_float(float value);
string mql_text_of_time(datetime value);
string mql_text_of_color(color value);
// What `(string)value` gives. An enum shows its number: its name is EnumToString's.
template <class T> string mql_text_of(T value);

struct string {
 public:
  string() = default;
  string(mql_nil_t) {}
  string(const char16_t *text, size_t length);
  string(const std::u16string &text) : string(text.data(), text.size()) {}
  string(std::u16string_view text) : string(text.data(), text.size()) {}
  // UTF-8, for the host's own code.
  string(const char *utf8);
  string(const std::string &utf8);
  string(const string &other) : shared(other.shared) { if (shared) shared->owners++; }
  string(string &&other) noexcept : shared(other.shared) { other.shared = nullptr; }
  ~string() { release(); }
  string &operator=(const string &other) {
    // Held before release(): `other` may be this string, or lie in what it holds.
    buffer *next = other.shared;
    if (next) next->owners++;
    release();
    shared = next;
    return *this;
  }
  string &operator=(string &&other) noexcept {
    std::swap(shared, other.shared);
    return *this;
  }

  // `(string)5`. Without the cast MetaEditor warns, and so do we: see the constructor below it. Of the two, a cast
  // prefers the one that is not variadic, and an implicit conversion sees only the other.
  template <class T, mql_if<mql_is_number<T>> = 0> explicit string(T value) : string(mql_text_of(value)) {}
  template <class T, class... None, mql_if<mql_is_number<T> && sizeof...(None) == 0> = 0>
  [[deprecated("implicit conversion from 'number' to 'string'")]] string(T value, None...) : string(mql_text_of(value)) {}

  // `(int)text`: a number is never read from a text unless it is asked for.
  template <class T, mql_if<mql_is_number<T>> = 0> explicit operator T() const {
    if constexpr (std::is_same_v<T, bool>) return to_bool();
    else if constexpr (std::is_floating_point_v<T>) return static_cast<T>(to_double());
    else if constexpr (std::is_same_v<T, datetime>) return static_cast<T>(to_time());
    else return static_cast<T>(to_integer());
  }

  bool is_null() const { return shared == nullptr; }
  int length() const { return shared ? shared->length : 0; }
  int capacity() const { return shared ? shared->capacity : 0; }
  const char16_t *data() const { return shared ? text_of(shared) : u""; }
  std::u16string_view view() const { return {data(), static_cast<size_t>(length())}; }
  std::string utf8() const;
  ushort operator[](long index) const { return index >= 0 && index < length() ? data()[index] : 0; }

  string &operator+=(const string &other) { return append(other.data(), other.length()); }
  string &append(const char16_t *text, int count);
  // The text for writing in place, with room for `room` characters; nobody else shares it.
  char16_t *writable(int room);
  // Marks the end after `length` characters that have been written through writable().
  void set_length(int length);

  MQL_ARROW(string)

 private:
  struct buffer {
    int owners;
    int length;
    int capacity;
    int unused;
  };
  buffer *shared = nullptr;

  static char16_t *text_of(buffer *b) { return reinterpret_cast<char16_t *>(b + 1); }
  static buffer *allocate(int capacity);
  void release();
  bool to_bool() const;
  long to_integer() const;
  double to_double() const;
  long to_time() const;
};

template <class T> string mql_text_of(T value) {
  if constexpr (std::is_same_v<T, bool>) return mql_text_of_bool(value);
  else if constexpr (std::is_same_v<T, float>) return mql_text_of_float(value);
  else if constexpr (std::is_floating_point_v<T>) return mql_text_of_double(value);
  else if constexpr (std::is_same_v<T, datetime>) return mql_text_of_time(value);
  else if constexpr (std::is_same_v<T, color>) return mql_text_of_color(value);
  else return mql_text_of_integer(static_cast<long>(value), std::is_same_v<T, ulong>);
}

inline string operator""_mql(const char16_t *text, size_t length) { return string(text, length); }

string operator+(const string &a, const string &b);
inline bool operator==(const string &a, const string &b) { return a.view() == b.view(); }
inline bool operator!=(const string &a, const string &b) { return a.view() != b.view(); }
inline bool operator<(const string &a, const string &b) { return a.view() < b.view(); }
inline bool operator>(const string &a, const string &b) { return b.view() < a.view(); }
inline bool operator<=(const string &a, const string &b) { return !(b.view() < a.view()); }
inline bool operator>=(const string &a, const string &b) { return !(a.view() < b.view()); }
inline bool operator==(const string &a, mql_nil_t) { return a.is_null(); }
inline bool operator!=(const string &a, mql_nil_t) { return !a.is_null(); }
inline bool operator==(mql_nil_t, const string &a) { return a.is_null(); }
inline bool operator!=(mql_nil_t, const string &a) { return !a.is_null(); }
