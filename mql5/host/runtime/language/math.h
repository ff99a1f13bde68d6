// The Math functions.
#pragma once
#include <cmath>

#include "constants.h"

inline double MathArccos(double value) { return std::acos(value); }
inline double MathArccosh(double value) { return std::acosh(value); }
inline double MathArcsin(double value) { return std::asin(value); }
inline double MathArcsinh(double value) { return std::asinh(value); }
inline double MathArctan(double value) { return std::atan(value); }
inline double MathArctan2(double y, double x) { return std::atan2(y, x); }
inline double MathArctanh(double value) { return std::atanh(value); }
inline double MathCeil(double value) { return std::ceil(value); }
inline double MathCos(double value) { return std::cos(value); }
inline double MathCosh(double value) { return std::cosh(value); }
inline double MathExp(double value) { return std::exp(value); }
inline double MathExpm1(double value) { return std::expm1(value); }
inline double MathFloor(double value) { return std::floor(value); }
inline double MathLog(double value) { return std::log(value); }
inline double MathLog10(double value) { return std::log10(value); }
inline double MathLog1p(double value) { return std::log1p(value); }
inline double MathMod(double value, double divisor) { return std::fmod(value, divisor); }
inline double MathPow(double base, double exponent) { return std::pow(base, exponent); }
inline double MathRound(double value) { return std::round(value); }
inline double MathSin(double value) { return std::sin(value); }
inline double MathSinh(double value) { return std::sinh(value); }
inline double MathSqrt(double value) { return std::sqrt(value); }
inline double MathTan(double value) { return std::tan(value); }
inline double MathTanh(double value) { return std::tanh(value); }
inline bool MathIsValidNumber(double value) { return std::isfinite(value); }

template <class T> T MathAbs(T value) {
  if constexpr (std::is_unsigned_v<T>) return value;
  else return value < T(0) ? static_cast<T>(-value) : value;
}
// The wider of the two types, as for every other operation on them. Enums count as numbers.
template <class T, bool = std::is_enum_v<T>> struct mql_arithmetic { using type = T; };
template <class T> struct mql_arithmetic<T, true> { using type = std::underlying_type_t<T>; };
template <> struct mql_arithmetic<mql_nil_t, false> { using type = int; };
template <class A, class B> struct mql_wider { using type = std::common_type_t<typename mql_arithmetic<A>::type, typename mql_arithmetic<B>::type>; };
template <class A> struct mql_wider<A, A> { using type = A; };
template <class A, class B> typename mql_wider<A, B>::type MathMax(A a, B b) {
  using T = typename mql_wider<A, B>::type;
  return static_cast<T>(a) > static_cast<T>(b) ? static_cast<T>(a) : static_cast<T>(b);
}
template <class A, class B> typename mql_wider<A, B>::type MathMin(A a, B b) {
  using T = typename mql_wider<A, B>::type;
  return static_cast<T>(a) < static_cast<T>(b) ? static_cast<T>(a) : static_cast<T>(b);
}

// 0..32767.
int MathRand();
void MathSrand(int seed);
// The bytes of the number in the other order.
inline ushort MathSwap(ushort value) { return __builtin_bswap16(value); }
inline uint MathSwap(uint value) { return __builtin_bswap32(value); }
inline ulong MathSwap(ulong value) { return __builtin_bswap64(value); }

enum ENUM_FP_CLASS : int { FP_CLASS_SUBNORMAL = 1, FP_CLASS_NORMAL, FP_CLASS_ZERO, FP_CLASS_INFINITE, FP_CLASS_NAN };
ENUM_FP_CLASS MathClassify(double value);

// The short names of MQL5 where C has none of the same meaning; floor, ceil, sqrt … are C's own.
namespace mql_program {
inline int rand() { return MathRand(); }
inline void srand(int seed) { MathSrand(seed); }
template <class T> T fabs(T value) { return MathAbs(value); }
template <class A, class B> auto fmax(A a, B b) { return MathMax(a, b); }
template <class A, class B> auto fmin(A a, B b) { return MathMin(a, b); }
}  // namespace mql_program
