#include "globals.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>

#include "errors.h"
#include "program.h"
#include "sandbox.h"
#include "time.h"

namespace {
constexpr int longest_name = 63;
constexpr long kept_seconds = 28 * 86400;

struct variable {
  double value;
  long used;
  bool temporary;
};

std::string file_name() {
  if (const std::string *given = mql_option("--gvariables")) return *given;
  // Beside the folder of the files; that folder itself need not be there yet.
  std::string folder = mql_sandbox_folder(false);
  while (folder.size() > 1 && folder.back() == '/') folder.pop_back();
  const size_t slash = folder.rfind('/');
  return (slash == std::string::npos ? "" : folder.substr(0, slash + 1)) + "gvariables.txt";
}

// Lines "name<TAB>value as hexadecimal float<TAB>time of the last use".
class store {
 public:
  store() {
    std::ifstream file(file_name());
    const long oldest = static_cast<long>(TimeLocal()) - kept_seconds;
    for (std::string line; std::getline(file, line);) {
      const size_t first = line.find('\t'), second = line.rfind('\t');
      if (first == std::string::npos || second == first) continue;
      const long used = std::strtol(line.c_str() + second + 1, nullptr, 10);
      if (used >= oldest) variables[line.substr(0, first)] = {std::strtod(line.c_str() + first + 1, nullptr), used, false};
    }
  }
  ~store() { save(); }
  void save() {
    if (!changed) return;
    changed = false;
    const std::string target = file_name(), fresh = target + ".new";
    mql_make_parents(target);
    {
      std::ofstream file(fresh, std::ios::trunc);
      char line[160];
      for (const auto &[name, kept] : variables) {
        if (kept.temporary) continue;
        std::snprintf(line, sizeof line, "\t%a\t%ld\n", kept.value, kept.used);
        file << name << line;
      }
      if (!file.flush()) return;
    }
    // The old file stays whole until the new one is.
    std::rename(fresh.c_str(), target.c_str());
  }
  variable *find(const string &name, bool use = true) {
    const auto found = variables.find(name.utf8());
    if (found == variables.end()) return nullptr;
    if (use) {
      found->second.used = static_cast<long>(TimeLocal());
      changed = true;
    }
    return &found->second;
  }
  std::map<std::string, variable> variables;
  bool changed = false;
};
store &globals() {
  static store all;
  return all;
}
bool fits(const string &name) { return name.length() > 0 && name.length() <= longest_name && name.view().find_first_of(u"\t\n\r") == std::u16string_view::npos; }
}  // namespace

bool GlobalVariableCheck(const string &name) { return globals().find(name) != nullptr; }

datetime GlobalVariableTime(const string &name) {
  const variable *found = globals().find(name, false);
  if (!found) mql_fail(ERR_GLOBALVARIABLE_NOT_FOUND);
  return static_cast<datetime>(found ? found->used : 0);
}

bool GlobalVariableDel(const string &name) {
  if (globals().variables.erase(name.utf8()) == 0) return mql_fail(ERR_GLOBALVARIABLE_NOT_FOUND);
  globals().changed = true;
  return true;
}

bool GlobalVariableGet(const string &name, double &value) {
  const variable *found = globals().find(name);
  if (!found) return mql_fail(ERR_GLOBALVARIABLE_NOT_FOUND);
  value = found->value;
  return true;
}

double GlobalVariableGet(const string &name) {
  double value = 0;
  GlobalVariableGet(name, value);
  return value;
}

string GlobalVariableName(int index) {
  int i = 0;
  for (const auto &[name, kept] : globals().variables)
    if (i++ == index) return string(name);
  mql_fail(ERR_GLOBALVARIABLE_NOT_FOUND);
  return u""_mql;
}

datetime GlobalVariableSet(const string &name, double value) {
  if (!fits(name)) {
    mql_fail(ERR_INVALID_PARAMETER);
    return static_cast<datetime>(0);
  }
  const long now = static_cast<long>(TimeLocal());
  const variable *before = globals().find(name);
  globals().variables[name.utf8()] = {value, now, before && before->temporary};
  globals().changed = true;
  return static_cast<datetime>(now);
}

void GlobalVariablesFlush() { globals().save(); }

bool GlobalVariableTemp(const string &name) {
  if (!fits(name)) return mql_fail(ERR_INVALID_PARAMETER);
  if (globals().find(name)) return mql_fail(ERR_GLOBALVARIABLE_EXISTS);
  globals().variables[name.utf8()] = {0, static_cast<long>(TimeLocal()), true};
  return true;
}

bool GlobalVariableSetOnCondition(const string &name, double value, double check_value) {
  variable *found = globals().find(name);
  if (!found) return mql_fail(ERR_GLOBALVARIABLE_NOT_FOUND);
  if (found->value != check_value) return mql_fail(ERR_GLOBALVARIABLE_NOT_MODIFIED);
  found->value = value;
  return true;
}

int GlobalVariablesDeleteAll(const string &prefix, datetime limit) {
  const std::string start = prefix.utf8();
  int removed = 0;
  auto &all = globals().variables;
  for (auto at = all.begin(); at != all.end();) {
    const bool goes = at->first.compare(0, start.size(), start) == 0 && (static_cast<long>(limit) == 0 || at->second.used < static_cast<long>(limit));
    if (goes) {
      at = all.erase(at);
      removed++;
    } else {
      ++at;
    }
  }
  globals().changed = globals().changed || removed > 0;
  return removed;
}

int GlobalVariablesTotal() { return static_cast<int>(globals().variables.size()); }
