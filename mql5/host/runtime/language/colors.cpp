#include "colors.h"

#include <cstdio>
#include <cstdlib>

namespace {
struct named {
  const char *name;
  uint value;
};
const named names[] = {
#define MQL_COLOR(NAME, VALUE) {#NAME, VALUE},
    MQL_COLORS(MQL_COLOR)
#undef MQL_COLOR
    {"clrNONE", 0xFFFFFFFFu},
};
}  // namespace

string ColorToString(color value, bool with_name) {
  const uint bits = static_cast<uint>(value);
  if (with_name)
    for (const named &candidate : names)
      if (candidate.value == bits) return string(candidate.name);
  char text[32];
  std::snprintf(text, sizeof text, "%u,%u,%u", bits & 0xFF, (bits >> 8) & 0xFF, (bits >> 16) & 0xFF);
  return string(text);
}

color StringToColor(const string &text) {
  const std::string given = text.utf8();
  for (const named &candidate : names)
    if (given == candidate.name || given == candidate.name + 3) return static_cast<color>(candidate.value);
  uint red = 0, green = 0, blue = 0;
  if (std::sscanf(given.c_str(), "%u,%u,%u", &red, &green, &blue) == 3) return static_cast<color>((red & 0xFF) | ((green & 0xFF) << 8) | ((blue & 0xFF) << 16));
  return static_cast<color>(std::strtoul(given.c_str(), nullptr, 0));
}

uint ColorToARGB(color value, uchar alpha) {
  const uint bits = static_cast<uint>(value);
  return (static_cast<uint>(alpha) << 24) | ((bits & 0xFF) << 16) | (bits & 0xFF00) | ((bits >> 16) & 0xFF);
}
