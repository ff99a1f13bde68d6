// Enums that know the names of their values, for EnumToString and for inputs.
#pragma once
#include <initializer_list>
#include <utility>

#include "string.h"
#include "typename.h"

class mql_enum_table {
 public:
  // Reads the text of an enum's body ("A, B = 3, C = B").
  explicit mql_enum_table(const char *body);
  mql_enum_table(std::initializer_list<std::pair<const char16_t *, long>> names);
  ~mql_enum_table();
  mql_enum_table(const mql_enum_table &) = delete;
  mql_enum_table &operator=(const mql_enum_table &) = delete;
  // The name of the value, or "ENUM_NAME::7" for a value that has none, as the terminal answers.
  string name_of(long value, const string &enum_name) const;
  // The value that carries this name; false when none does.
  bool value_of(const string &name, long &value) const;

 private:
  struct names;
  names *known;
  void add(const std::string &name, long value);
};

#define MQL_ENUM(NAME, ...)                                  \
  enum NAME : int { __VA_ARGS__ };                           \
  inline const mql_enum_table &mql_enum_names(NAME) {        \
    static const mql_enum_table table(#__VA_ARGS__);         \
    return table;                                            \
  }

template <class E, mql_if<mql_is_enum<E>> = 0> string EnumToString(E value) { return mql_enum_names(value).name_of(static_cast<long>(value), mql_typename<E>()); }
