#include "link-fields.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace terminal {
namespace {

char unescaped(char after_backslash) {
  switch (after_backslash) {
    case 't':
      return '\t';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    default:
      return after_backslash;
  }
}

}  // namespace

link_fields::link_fields(const std::string &line) {
  std::string field;
  for (size_t i = 0; i < line.size(); i++) {
    if (line[i] == '\t') {
      fields_.push_back(field);
      field.clear();
    } else if (line[i] == '\\' && i + 1 < line.size()) {
      field += unescaped(line[++i]);
    } else {
      field += line[i];
    }
  }
  fields_.push_back(field);
}

const std::string &link_fields::text(size_t index) const {
  static const std::string none;
  return index < fields_.size() ? fields_[index] : none;
}

long link_fields::integer(size_t index) const { return parse_integer(text(index)); }

ulong link_fields::ticket(size_t index) const { return std::strtoull(text(index).c_str(), nullptr, 10); }

double link_fields::number(size_t index) const { return parse_number(text(index)); }

long parse_integer(const std::string &text) { return std::strtol(text.c_str(), nullptr, 10); }

double parse_number(const std::string &text) {
  const double value = std::strtod(text.c_str(), nullptr);
  return std::isfinite(value) ? value : 0;
}

std::string escaped(const std::string &text) {
  std::string out;
  for (const char one : text) {
    if (one == '\t')
      out += "\\t";
    else if (one == '\n')
      out += "\\n";
    else if (one == '\r')
      out += "\\r";
    else if (one == '\\')
      out += "\\\\";
    else
      out += one;
  }
  return out;
}

std::string number_text(double value) {
  char text[64];
  for (int digits = 15; digits <= 17; digits++) {
    std::snprintf(text, sizeof text, "%.*g", digits, value);
    if (std::strtod(text, nullptr) == value) break;
  }
  return text;
}

}  // namespace terminal
