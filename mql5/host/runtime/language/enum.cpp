#include "enum.h"

#include <cctype>
#include <cstdlib>
#include <string>
#include <unordered_map>

struct mql_enum_table::names {
  std::unordered_map<long, std::string> by_value;
  std::unordered_map<std::string, long> by_name;
};

namespace {
std::string trimmed(const std::string &text) {
  size_t from = 0, to = text.size();
  while (from < to && std::isspace(static_cast<unsigned char>(text[from]))) from++;
  while (to > from && std::isspace(static_cast<unsigned char>(text[to - 1]))) to--;
  return text.substr(from, to - from);
}
}  // namespace

mql_enum_table::mql_enum_table(const char *body) : known(new names) {
  const std::string text = body;
  long next = 0;
  for (size_t from = 0; from <= text.size();) {
    size_t to = text.find(',', from);
    if (to == std::string::npos) to = text.size();
    const std::string entry = text.substr(from, to - from);
    from = to + 1;
    const size_t equals = entry.find('=');
    const std::string name = trimmed(entry.substr(0, equals));
    if (name.empty()) continue;
    if (equals != std::string::npos) {
      const std::string value = trimmed(entry.substr(equals + 1));
      const auto earlier = known->by_name.find(value);
      next = earlier != known->by_name.end() ? earlier->second : std::strtol(value.c_str(), nullptr, 0);
    }
    add(name, next++);
  }
}

mql_enum_table::mql_enum_table(std::initializer_list<std::pair<const char16_t *, long>> list) : known(new names) {
  for (const auto &[name, value] : list) add(string(std::u16string_view(name)).utf8(), value);
}

mql_enum_table::~mql_enum_table() { delete known; }

void mql_enum_table::add(const std::string &name, long value) {
  // Of two names for one value the first one is told, as the terminal does.
  known->by_value.emplace(value, name);
  known->by_name.emplace(name, value);
}

string mql_enum_table::name_of(long value, const string &enum_name) const {
  const auto found = known->by_value.find(value);
  return found != known->by_value.end() ? string(found->second) : enum_name + u"::"_mql + mql_text_of(value);
}

bool mql_enum_table::value_of(const string &name, long &value) const {
  const auto found = known->by_name.find(name.utf8());
  if (found == known->by_name.end()) return false;
  value = found->second;
  return true;
}
