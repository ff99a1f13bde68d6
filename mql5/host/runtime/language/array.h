// Arrays. mql_array<T> is `T name[]`; mql_fixed<T, N> is `T name[N]` and derives from it, because a parameter `T &a[]`
// takes both. Elements lie in physical order, oldest first; the series flag only turns the index round.
#pragma once
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <new>
#include <utility>

#include "critical.h"
#include "types.h"

// Tells the registry of objects that a block of memory has moved: pointers to objects inside it stay valid.
void mql_memory_moved(const void *from, const void *to, size_t bytes);

template <class T> class mql_array {
 public:
  mql_array() = default;
  mql_array(std::initializer_list<T> values) {
    resize(static_cast<int>(values.size()));
    T *at = memory;
    for (const T &value : values) *at++ = value;
  }
  mql_array(const mql_array &other) { assign(other); }
  mql_array &operator=(const mql_array &other) {
    if (this != &other) assign(other);
    return *this;
  }
  ~mql_array() {
    destroy(0, size);
    std::free(static_cast<void *>(memory));
  }

  T &operator[](long index) { return memory[place_of(index)]; }
  const T &operator[](long index) const { return memory[place_of(index)]; }

  int count() const { return size; }
  int Size() const { return size; }
  bool is_series() const { return series; }
  bool is_fixed() const { return fixed; }
  void set_series(bool flag) { series = flag; }
  // Physical order.
  T *data() { return memory; }
  const T *data() const { return memory; }

  // A fixed array keeps its size: false when it is too small. New elements are zero.
  bool resize(int count, int reserve = 0) {
    if (fixed) return count <= size;
    if (count < 0) return false;
    // Growing by half keeps a loop that adds one element at a time linear.
    if (count > room) grow(std::max(count + (reserve > 0 ? reserve : 0), size + size / 2));
    if (count < size) destroy(count, size);
    for (int i = size; i < count; i++) new (static_cast<void *>(memory + i)) T();
    size = count;
    return true;
  }
  // ArrayFree: gives the memory back too.
  void release() {
    if (fixed) return;
    destroy(0, size);
    std::free(static_cast<void *>(memory));
    memory = nullptr;
    size = room = 0;
  }
  void swap(mql_array &other) {
    std::swap(memory, other.memory);
    std::swap(size, other.size);
    std::swap(room, other.room);
    std::swap(series, other.series);
  }
  // Physical removal and insertion; the caller has checked the range.
  void remove(int from, int removed) {
    destroy(from, from + removed);
    shift(from + removed, from, size - from - removed);
    size -= removed;
    if (fixed) {
      for (int i = 0; i < removed; i++) new (static_cast<void *>(memory + size + i)) T();
      size += removed;
    }
  }

  MQL_ARROW(mql_array)

 protected:
  void make_fixed(int count) {
    resize(count);
    fixed = true;
  }
  void assign(const mql_array &other) {
    if (fixed) {
      for (int i = 0; i < size && i < other.size; i++) memory[i] = other.memory[i];
      return;
    }
    // `other` may lie in an element of this array: the old elements live until the new ones are made.
    mql_array fresh;
    fresh.resize(other.size);
    for (int i = 0; i < other.size; i++) fresh.memory[i] = other.memory[i];
    fresh.series = other.series;
    swap(fresh);
  }

 private:
  T *memory = nullptr;
  int size = 0;
  int room = 0;
  bool series = false;
  bool fixed = false;

  // Whether an element may hold an object that somebody points to.
  static constexpr bool holds_objects = !std::is_trivially_copyable_v<T> && !std::is_same_v<T, string>;

  long place_of(long index) const {
    if (static_cast<unsigned long>(index) >= static_cast<unsigned long>(size)) mql_critical("array out of range");
    return series ? size - 1 - index : index;
  }
  void destroy(int from, int to) {
    if constexpr (!std::is_trivially_destructible_v<T>)
      for (int i = from; i < to; i++) memory[i].~T();
  }
  // As in the terminal, growing moves the bytes of the elements: no constructor and no destructor of theirs runs.
  void shift(int from, int to, int count) {
    if (count <= 0 || from == to) return;
    std::memmove(static_cast<void *>(memory + to), static_cast<const void *>(memory + from), sizeof(T) * static_cast<size_t>(count));
    if constexpr (holds_objects) mql_memory_moved(memory + from, memory + to, sizeof(T) * static_cast<size_t>(count));
  }
  void grow(int room_wanted) {
    T *fresh = static_cast<T *>(std::malloc(sizeof(T) * static_cast<size_t>(room_wanted)));
    if (!fresh) mql_critical("not enough memory");
    if (size > 0) {
      std::memcpy(static_cast<void *>(fresh), static_cast<const void *>(memory), sizeof(T) * static_cast<size_t>(size));
      if constexpr (holds_objects) mql_memory_moved(memory, fresh, sizeof(T) * static_cast<size_t>(size));
    }
    std::free(static_cast<void *>(memory));
    memory = fresh;
    room = room_wanted;
  }
};

template <class T, int N> class mql_fixed : public mql_array<T> {
 public:
  static constexpr int elements = N;
  mql_fixed() { this->make_fixed(N); }
  mql_fixed(std::initializer_list<T> values) : mql_fixed() {
    int i = 0;
    for (const T &value : values)
      if (i < N) this->data()[i++] = value;
  }
  mql_fixed(const mql_fixed &other) : mql_array<T>() {
    this->make_fixed(N);
    this->assign(other);
  }
  mql_fixed &operator=(const mql_fixed &other) {
    if (this != &other) this->assign(other);
    return *this;
  }
};

// `T name[N]` inside a union: plain memory, because a union's member may have no constructor.
template <class T, int N> struct mql_plain {
  T memory[N];
  T &operator[](long index) { return memory[place_of(index)]; }
  const T &operator[](long index) const { return memory[place_of(index)]; }
  int count() const { return N; }
  MQL_ARROW(mql_plain)

 private:
  static long place_of(long index) {
    if (index < 0 || index >= N) mql_critical("array out of range");
    return index;
  }
};
