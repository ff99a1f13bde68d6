#include "math.h"

namespace {
// The generator of Microsoft's C library, so that a seed gives the numbers that it gives in the terminal.
uint &state() {
  static uint value = 1;
  return value;
}
}  // namespace

int MathRand() {
  state() = state() * 214013u + 2531011u;
  return static_cast<int>((state() >> 16) & 0x7FFF);
}

void MathSrand(int seed) { state() = static_cast<uint>(seed); }

ENUM_FP_CLASS MathClassify(double value) {
  switch (std::fpclassify(value)) {
    case FP_SUBNORMAL: return FP_CLASS_SUBNORMAL;
    case FP_ZERO: return FP_CLASS_ZERO;
    case FP_INFINITE: return FP_CLASS_INFINITE;
    case FP_NAN: return FP_CLASS_NAN;
    default: return FP_CLASS_NORMAL;
  }
}
