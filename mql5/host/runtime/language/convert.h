// Conversions between numbers, characters, times, colours and texts.
#pragma once
#include "array.h"
#include "colors.h"
#include "encoding.h"
#include "string.h"
#include "time.h"

string IntegerToString(long number, int length = 0, ushort fill = ' ');
// 0..16 digits after the point; -1..-16 the same in scientific notation; anything else is 8.
string DoubleToString(double value, int digits = 8);
double NormalizeDouble(double value, int digits);
long StringToInteger(const string &text);
double StringToDouble(const string &text);
string CharToString(uchar code);
string ShortToString(ushort code);

// Bytes of a text, with a final zero where `count` leaves room for it (-1: all of it and the zero).
std::string mql_bytes_of(const string &text, int count, uint codepage);
// A text of `count` bytes; -1: up to the first zero.
string mql_text_of_bytes(const void *bytes, int available, int start, int count, uint codepage);

template <class C> int StringToCharArray(const string &text, mql_array<C> &array, int start = 0, int count = -1, uint codepage = CP_ACP) {
  static_assert(sizeof(C) == 1, "StringToCharArray fills an array of bytes");
  const std::string bytes = mql_bytes_of(text, count, codepage);
  const int copied = static_cast<int>(bytes.size());
  const int from = start < 0 ? 0 : start;
  if (array.count() < from + copied && !array.resize(from + copied)) return 0;
  for (int i = 0; i < copied; i++) array.data()[from + i] = static_cast<C>(bytes[static_cast<size_t>(i)]);
  return copied;
}
template <class C> string CharArrayToString(const mql_array<C> &array, int start = 0, int count = -1, uint codepage = CP_ACP) {
  static_assert(sizeof(C) == 1, "CharArrayToString reads an array of bytes");
  return mql_text_of_bytes(array.data(), array.count(), start, count, codepage);
}
int StringToShortArray(const string &text, mql_array<ushort> &array, int start = 0, int count = -1);
string ShortArrayToString(const mql_array<ushort> &array, int start = 0, int count = -1);

// The bytes of a simple structure (no strings, no dynamic arrays).
template <class S> bool StructToCharArray(const S &structure, mql_array<uchar> &array, uint start = 0) {
  static_assert(std::is_trivially_copyable_v<S>, "only simple structures can be copied as bytes");
  const int end = static_cast<int>(start + sizeof(S));
  if (array.count() < end && !array.resize(end)) return false;
  std::memcpy(array.data() + start, &structure, sizeof(S));
  return true;
}
template <class S> bool CharArrayToStruct(S &structure, const mql_array<uchar> &array, uint start = 0) {
  static_assert(std::is_trivially_copyable_v<S>, "only simple structures can be copied as bytes");
  if (start + sizeof(S) > static_cast<size_t>(array.count())) return false;
  std::memcpy(static_cast<void *>(&structure), array.data() + start, sizeof(S));
  return true;
}
