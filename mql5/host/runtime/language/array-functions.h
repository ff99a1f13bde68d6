// The Array functions. Several of them see a multi-dimensional array as one flat run of its elements.
#pragma once
#include <algorithm>
#include <cstring>
#include <vector>

#include "array.h"
#include "constants.h"
#include "errors.h"
#include "format.h"

// The element type of an array of any dimensions, and how many elements one entry of the first dimension holds.
template <class T> struct mql_shape {
  using element = T;
  static constexpr int per_entry = 1;
  static int range(int) { return 0; }
};
template <class T, int N> struct mql_shape<mql_fixed<T, N>> {
  using element = typename mql_shape<T>::element;
  static constexpr int per_entry = N * mql_shape<T>::per_entry;
  static int range(int rank) { return rank == 0 ? N : mql_shape<T>::range(rank - 1); }
};
template <class T> T &mql_flat(T &entry, int) { return entry; }
template <class T, int N> auto &mql_flat(mql_fixed<T, N> &entry, int index) { return mql_flat(entry.data()[index / mql_shape<T>::per_entry], index % mql_shape<T>::per_entry); }
template <class T, int N> const auto &mql_flat(const mql_fixed<T, N> &entry, int index) { return mql_flat(const_cast<mql_fixed<T, N> &>(entry), index); }
// The i-th element, in the order of the indices.
template <class T> auto &mql_element(mql_array<T> &array, int index) { return mql_flat(array[index / mql_shape<T>::per_entry], index % mql_shape<T>::per_entry); }
template <class T> const auto &mql_element(const mql_array<T> &array, int index) { return mql_element(const_cast<mql_array<T> &>(array), index); }

template <class T> int ArraySize(const mql_array<T> &array) { return array.count() * mql_shape<T>::per_entry; }
template <class T> int ArrayRange(const mql_array<T> &array, int rank) { return rank == 0 ? array.count() : mql_shape<T>::range(rank - 1); }
template <class T> bool ArrayIsDynamic(const mql_array<T> &array) { return !array.is_fixed(); }
// True only for the terminal's own series, which no array of a program is.
template <class T> bool ArrayIsSeries(const mql_array<T> &) { return false; }
template <class T> bool ArrayGetAsSeries(const mql_array<T> &array) { return array.is_series(); }
template <class T> bool ArraySetAsSeries(mql_array<T> &array, bool flag) {
  if (array.is_fixed() || mql_shape<T>::per_entry != 1) return !flag || mql_fail(ERR_INVALID_ARRAY);
  array.set_series(flag);
  return true;
}
template <class T> int ArrayResize(mql_array<T> &array, int size, int reserve = 0) {
  if (array.is_fixed() || !array.resize(size, reserve)) {
    mql_fail(ERR_ARRAY_RESIZE_ERROR);
    return -1;
  }
  return ArraySize(array);
}
template <class T> void ArrayFree(mql_array<T> &array) { array.release(); }
template <class T> bool ArraySwap(mql_array<T> &a, mql_array<T> &b) {
  if (a.is_fixed() || b.is_fixed()) return mql_fail(ERR_INVALID_ARRAY);
  a.swap(b);
  return true;
}

template <class T, class V> int ArrayInitialize(mql_array<T> &array, V value) {
  const int size = ArraySize(array);
  for (int i = 0; i < size; i++) mql_element(array, i) = static_cast<typename mql_shape<T>::element>(value);
  return size;
}
template <class T, class V> void ArrayFill(mql_array<T> &array, int start, int count, V value) {
  for (int i = std::max(start, 0); i < ArraySize(array) && i - start < count; i++) mql_element(array, i) = static_cast<typename mql_shape<T>::element>(value);
}
template <class T> void ZeroMemory(T &variable) { variable = T{}; }
template <class T> void ZeroMemory(mql_array<T> &array) {
  for (int i = 0; i < array.count(); i++) ZeroMemory(array.data()[i]);
}
template <class T, int N> void ZeroMemory(mql_fixed<T, N> &array) { ZeroMemory(static_cast<mql_array<T> &>(array)); }

// How many elements from `start` the count means; -1 for a bad range.
inline int mql_range(int size, int start, int count) {
  if (start < 0 || start > size) return -1;
  return count < 0 || count > size - start ? size - start : count;
}

template <class T, class U> int ArrayCopy(mql_array<T> &target, const mql_array<U> &source, int target_start = 0, int source_start = 0, int count = WHOLE_ARRAY) {
  using element = typename mql_shape<U>::element;
  int copied = mql_range(ArraySize(source), source_start, count);
  if (copied < 0 || target_start < 0) {
    mql_fail(ERR_INVALID_PARAMETER);
    return 0;
  }
  constexpr int per_entry = mql_shape<T>::per_entry;
  const int entries = (target_start + copied + per_entry - 1) / per_entry;
  if (target.count() < entries && !target.resize(entries)) copied = std::max(0, ArraySize(target) - target_start);
  // The two may be the same array.
  std::vector<element> taken;
  taken.reserve(static_cast<size_t>(copied));
  for (int i = 0; i < copied; i++) taken.push_back(mql_element(source, source_start + i));
  for (int i = 0; i < copied; i++) mql_element(target, target_start + i) = static_cast<typename mql_shape<T>::element>(taken[static_cast<size_t>(i)]);
  return copied;
}

template <class T> bool ArrayReverse(mql_array<T> &array, uint start = 0, uint count = static_cast<uint>(WHOLE_ARRAY)) {
  const int from = static_cast<int>(start), reversed = mql_range(array.count(), from, static_cast<int>(count));
  if (reversed < 0) return mql_fail(ERR_INVALID_PARAMETER);
  for (int i = 0; i < reversed / 2; i++) std::swap(array[from + i], array[from + reversed - 1 - i]);
  return true;
}
template <class T> bool ArrayRemove(mql_array<T> &array, uint start, uint count = static_cast<uint>(WHOLE_ARRAY)) {
  const int from = static_cast<int>(start), removed = mql_range(array.count(), from, static_cast<int>(count));
  if (removed < 0 || from == array.count()) return mql_fail(ERR_INVALID_PARAMETER);
  array.remove(array.is_series() ? array.count() - from - removed : from, removed);
  return true;
}
template <class T> bool ArrayInsert(mql_array<T> &target, const mql_array<T> &source, uint target_start, uint source_start = 0, uint count = static_cast<uint>(WHOLE_ARRAY)) {
  const int at = static_cast<int>(target_start), from = static_cast<int>(source_start);
  const int inserted = mql_range(source.count(), from, static_cast<int>(count));
  if (inserted < 0 || at < 0 || at > target.count() || &target == &source) return mql_fail(ERR_INVALID_PARAMETER);
  const int before = target.count();
  if (!target.is_fixed()) target.resize(before + inserted);
  // A fixed array keeps its size: what is pushed over its end is lost.
  const int size = target.count(), step = std::min(inserted, size - at);
  std::vector<T> all;
  for (int i = 0; i < before; i++) all.push_back(target.data()[target.is_series() ? before - 1 - i : i]);
  for (int i = at; i < size; i++) target[i] = i < at + step ? source[from + i - at] : all[static_cast<size_t>(i - step)];
  for (int i = 0; i < at; i++) target[i] = all[static_cast<size_t>(i)];
  return true;
}

// Ascending in memory whatever the series flag says; several dimensions go by their first column.
template <class T> bool ArraySort(mql_array<T> &array) {
  using element = typename mql_shape<T>::element;
  static_assert(mql_is_number<element>, "ArraySort sorts numbers");
  if constexpr (mql_shape<T>::per_entry == 1) std::sort(array.data(), array.data() + array.count());
  else std::stable_sort(array.data(), array.data() + array.count(), [](const T &a, const T &b) { return mql_flat(a, 0) < mql_flat(b, 0); });
  return true;
}
// The index of the value, or of the element nearest to it.
template <class T, class V> int ArrayBsearch(const mql_array<T> &array, V value) {
  if (array.count() == 0) return -1;
  const auto at = [&](int i) { return mql_flat(array.data()[i], 0); };
  int low = 0, high = array.count();
  while (low < high) {
    const int middle = low + (high - low) / 2;
    if (at(middle) < value) low = middle + 1;
    else high = middle;
  }
  if (low == array.count() || (low > 0 && at(low) != value && value - at(low - 1) <= at(low) - value)) low--;
  return array.is_series() ? array.count() - 1 - low : low;
}
template <class T, class Better> int mql_extreme(const mql_array<T> &array, int start, int count, Better better) {
  const int looked = mql_range(array.count(), start, count);
  if (looked <= 0) {
    mql_fail(array.count() == 0 ? ERR_ZEROSIZE_ARRAY : ERR_INVALID_PARAMETER);
    return -1;
  }
  int best = start;
  for (int i = start + 1; i < start + looked; i++)
    if (better(mql_flat(array[i], 0), mql_flat(array[best], 0))) best = i;
  return best;
}
template <class T> int ArrayMaximum(const mql_array<T> &array, int start = 0, int count = WHOLE_ARRAY) {
  return mql_extreme(array, start, count, [](const auto &a, const auto &b) { return a > b; });
}
template <class T> int ArrayMinimum(const mql_array<T> &array, int start = 0, int count = WHOLE_ARRAY) {
  return mql_extreme(array, start, count, [](const auto &a, const auto &b) { return a < b; });
}
// -1, 0, 1; -2 when they cannot be compared.
template <class T> int ArrayCompare(const mql_array<T> &a, const mql_array<T> &b, int a_start = 0, int b_start = 0, int count = WHOLE_ARRAY) {
  const int in_a = mql_range(ArraySize(a), a_start, count), in_b = mql_range(ArraySize(b), b_start, count);
  if (in_a < 0 || in_b < 0) return -2;
  for (int i = 0; i < in_a && i < in_b; i++) {
    const auto &x = mql_element(a, a_start + i);
    const auto &y = mql_element(b, b_start + i);
    if (x != y) return x < y ? -1 : 1;
  }
  return in_a == in_b ? 0 : in_a < in_b ? -1 : 1;
}

enum { ARRAYPRINT_HEADER = 1, ARRAYPRINT_INDEX = 2, ARRAYPRINT_LIMIT = 4, ARRAYPRINT_DATE = 8, ARRAYPRINT_MINUTES = 16, ARRAYPRINT_SECONDS = 32, ARRAYPRINT_ALIGN = 64 };
// Prints the texts in rows of one width, as ArrayPrint does.
void mql_print_table(const std::vector<std::vector<string>> &rows, const string &separator, bool with_index, bool align);
template <class V> string mql_cell(const V &value, uint digits) {
  if constexpr (std::is_floating_point_v<V>) return mql_format(u"%.*f"_mql, {mql_value(digits), mql_value(value)});
  else if constexpr (std::is_same_v<V, string>) return u"\""_mql + value + u"\""_mql;
  else return mql_value(value).words;
}
template <class T> void ArrayPrint(const mql_array<T> &array, uint digits = 5, const string &separator = string(), ulong start = 0, ulong count = static_cast<ulong>(WHOLE_ARRAY), ulong flags = ARRAYPRINT_HEADER | ARRAYPRINT_INDEX | ARRAYPRINT_LIMIT | ARRAYPRINT_ALIGN) {
  std::vector<std::vector<string>> rows;
  const ulong end = count > static_cast<ulong>(array.count()) - start ? static_cast<ulong>(array.count()) : start + count;
  for (ulong i = start; i < end; i++) {
    if (mql_shape<T>::per_entry > 1 || rows.empty()) rows.emplace_back();
    for (int k = 0; k < mql_shape<T>::per_entry; k++) rows.back().push_back(mql_cell(mql_flat(array[static_cast<long>(i)], k), digits));
  }
  mql_print_table(rows, separator, mql_shape<T>::per_entry > 1 && (flags & ARRAYPRINT_INDEX), flags & ARRAYPRINT_ALIGN);
}
