// One argument of a function that takes any number of them (Print, StringFormat, FileWrite).
#pragma once
#include "string.h"

struct mql_value {
  enum kind { integer, unsigned_integer, real, text };
  kind type;
  // All of them carry what `%d`, `%f` and `%s` may ask for.
  long whole = 0;
  double fraction = 0;
  string words;

  mql_value(const string &value) : type(text), words(value) {}
  mql_value(const char *utf8) : type(text), words(utf8) {}
  mql_value(mql_nil_t) : type(integer), words(u"0"_mql) {}
  template <class T, mql_if<std::is_floating_point_v<T>> = 0>
  mql_value(T value) : type(real), whole(mql_whole(static_cast<double>(value))), fraction(static_cast<double>(value)), words(mql_text_of(value)) {}
  template <class T, mql_if<std::is_integral_v<T> || std::is_enum_v<T>> = 0>
  mql_value(T value) : type(std::is_same_v<T, ulong> ? unsigned_integer : integer), whole(static_cast<long>(value)), fraction(static_cast<double>(value)), words(mql_text_of(value)) {}
  template <class T> mql_value(const mql_pointer<T> &value) : mql_value(value.handle()) {}

 private:
  // Out of the range of a long the cast would be undefined.
  static long mql_whole(double value) { return value > -9.2e18 && value < 9.2e18 ? static_cast<long>(value) : 0; }
};
