// The scalar types of MQL5 and NULL. `long` has 64 bits here as in MQL5, so both names can stay.
#pragma once
#include <type_traits>

typedef unsigned char uchar;
typedef unsigned short ushort;
typedef unsigned int uint;
typedef unsigned long ulong;

// Seconds since 1970 in the clock of whoever gives it (trade server, local, GMT).
enum datetime : long {};
// 0x00BBGGRR.
enum color : uint {};

struct string;
template <class T> class mql_pointer;
template <class T> class mql_array;

template <class E> inline constexpr bool mql_is_enum = std::is_enum_v<E>;
template <class T> inline constexpr bool mql_is_number = std::is_arithmetic_v<T> || std::is_enum_v<T>;
template <bool B> using mql_if = std::enable_if_t<B, int>;

// MQL5 lets an enum be changed like the int that it is; C++ does not.
template <class E, class N, mql_if<mql_is_enum<E> && mql_is_number<N>> = 0> E &operator+=(E &a, N b) { return a = static_cast<E>(static_cast<long>(a) + static_cast<long>(b)); }
template <class E, class N, mql_if<mql_is_enum<E> && mql_is_number<N>> = 0> E &operator-=(E &a, N b) { return a = static_cast<E>(static_cast<long>(a) - static_cast<long>(b)); }
template <class E, class N, mql_if<mql_is_enum<E> && mql_is_number<N>> = 0> E &operator*=(E &a, N b) { return a = static_cast<E>(static_cast<long>(a) * static_cast<long>(b)); }
template <class E, class N, mql_if<mql_is_enum<E> && mql_is_number<N>> = 0> E &operator|=(E &a, N b) { return a = static_cast<E>(static_cast<long>(a) | static_cast<long>(b)); }
template <class E, class N, mql_if<mql_is_enum<E> && mql_is_number<N>> = 0> E &operator&=(E &a, N b) { return a = static_cast<E>(static_cast<long>(a) & static_cast<long>(b)); }
template <class E, mql_if<mql_is_enum<E>> = 0> E &operator++(E &a) { return a += 1; }
template <class E, mql_if<mql_is_enum<E>> = 0> E &operator--(E &a) { return a -= 1; }
template <class E, mql_if<mql_is_enum<E>> = 0> E operator++(E &a, int) { E before = a; a += 1; return before; }
template <class E, mql_if<mql_is_enum<E>> = 0> E operator--(E &a, int) { E before = a; a -= 1; return before; }

// A time plus seconds is a time: without these the sum would be a plain long and pick the wrong overload.
template <class N> using mql_if_integral = mql_if<std::is_integral_v<N>>;
#define MQL_DATETIME_OPERATOR(op)                                                                                                   \
  template <class N, mql_if_integral<N> = 0> constexpr datetime operator op(datetime a, N b) { return static_cast<datetime>(static_cast<long>(a) op static_cast<long>(b)); } \
  template <class N, mql_if_integral<N> = 0> constexpr datetime operator op(N a, datetime b) { return static_cast<datetime>(static_cast<long>(a) op static_cast<long>(b)); } \
  constexpr datetime operator op(datetime a, datetime b) { return static_cast<datetime>(static_cast<long>(a) op static_cast<long>(b)); }
MQL_DATETIME_OPERATOR(+)
MQL_DATETIME_OPERATOR(-)
MQL_DATETIME_OPERATOR(*)
MQL_DATETIME_OPERATOR(/)
MQL_DATETIME_OPERATOR(%)
#undef MQL_DATETIME_OPERATOR

// NULL: zero of every type.
struct mql_nil_t {
  template <class T, mql_if<mql_is_number<T>> = 0> constexpr operator T() const { return static_cast<T>(0); }
  template <class T> constexpr operator T *() const { return nullptr; }
};
inline constexpr mql_nil_t mql_nil{};
template <class T, mql_if<mql_is_number<T>> = 0> constexpr bool operator==(T a, mql_nil_t) { return a == static_cast<T>(0); }
template <class T, mql_if<mql_is_number<T>> = 0> constexpr bool operator!=(T a, mql_nil_t) { return a != static_cast<T>(0); }
template <class T, mql_if<mql_is_number<T>> = 0> constexpr bool operator==(mql_nil_t, T a) { return a == static_cast<T>(0); }
template <class T, mql_if<mql_is_number<T>> = 0> constexpr bool operator!=(mql_nil_t, T a) { return a != static_cast<T>(0); }
template <class T> constexpr bool operator==(T *a, mql_nil_t) { return a == nullptr; }
template <class T> constexpr bool operator!=(T *a, mql_nil_t) { return a != nullptr; }

// The rewriter turns `a.b` into `a->b`; every struct answers with itself.
#define MQL_ARROW(NAME) \
  NAME *operator->() { return this; } \
  const NAME *operator->() const { return this; }
