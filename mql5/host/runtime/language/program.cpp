#include "program.h"

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <unistd.h>

#include "print.h"

bool _StopFlag = false;

namespace {
constexpr int bad_command_line_exit_code = 64;

// "--name value" pairs in their order.
const std::vector<std::pair<std::string, std::string>> &command_line() {
  static const auto read = [] {
    std::ifstream file("/proc/self/cmdline", std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    std::vector<std::string> words;
    for (size_t from = 0; from < bytes.size();) {
      const size_t to = bytes.find('\0', from);
      words.push_back(bytes.substr(from, to - from));
      if (to == std::string::npos) break;
      from = to + 1;
    }
    std::vector<std::pair<std::string, std::string>> pairs;
    for (size_t i = 1; i < words.size(); i++) {
      if (words[i].compare(0, 2, "--") != 0) continue;
      const bool has_value = i + 1 < words.size();
      pairs.emplace_back(words[i], has_value ? words[i + 1] : "");
      i++;
    }
    return pairs;
  }();
  return read;
}

std::string base_name(const std::string &path) {
  const size_t slash = path.find_last_of("/\\");
  const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
  return name.substr(0, name.rfind('.'));
}

struct registration {
  mql_handlers handlers;
  std::string name;
};
// Never destroyed: the last words of a program still carry its name.
registration &registered() {
  static registration &here = *new registration([] {
    registration fresh;
    char path[4096];
    const ssize_t length = ::readlink("/proc/self/exe", path, sizeof path);
    fresh.name = base_name(std::string(path, length > 0 ? static_cast<size_t>(length) : 0));
    return fresh;
  }());
  return here;
}

std::map<std::string, string> &given_inputs() {
  static std::map<std::string, string> inputs = [] {
    std::map<std::string, string> read;
    for (const std::string &text : mql_option_list("--input")) {
      const size_t equals = text.find('=');
      read[text.substr(0, equals)] = equals == std::string::npos ? u""_mql : string(text.substr(equals + 1));
    }
    return read;
  }();
  return inputs;
}
std::set<std::string> &known_inputs() {
  static std::set<std::string> names;
  return names;
}
}  // namespace

int mql_register(const mql_handlers &handlers) {
  registered().handlers = handlers;
  if (handlers.name && *handlers.name) registered().name = base_name(handlers.name);
  return 1;
}
const mql_handlers &mql_registered_handlers() { return registered().handlers; }
const std::string &mql_program_name() { return registered().name; }

const std::string *mql_option(const std::string &name) {
  const std::string *last = nullptr;
  for (const auto &[key, value] : command_line())
    if (key == name) last = &value;
  return last;
}

std::vector<std::string> mql_option_list(const std::string &name) {
  std::vector<std::string> values;
  for (const auto &[key, value] : command_line())
    if (key == name) values.push_back(value);
  return values;
}

const string *mql_input_text(const char *name) {
  known_inputs().insert(name);
  const auto found = given_inputs().find(name);
  return found == given_inputs().end() ? nullptr : &found->second;
}

std::vector<std::string> mql_unknown_inputs() {
  std::vector<std::string> names;
  for (const auto &[name, value] : given_inputs())
    if (!known_inputs().count(name)) names.push_back(name);
  return names;
}

void mql_input_unreadable(const char *name, const string &text) {
  mql_note(std::string("input ") + name + " cannot be '" + text.utf8() + "'");
  _exit(bad_command_line_exit_code);
}

bool mql_whole_number(const string &text, long &value) {
  const std::string digits = text.utf8();
  char *end = nullptr;
  errno = 0;
  value = digits.compare(0, 1, "-") == 0 ? std::strtol(digits.c_str(), &end, 10) : static_cast<long>(std::strtoul(digits.c_str(), &end, 10));
  return !digits.empty() && *end == '\0' && errno == 0;
}

bool mql_real_number(const string &text, double &value) {
  const std::string digits = text.utf8();
  char *end = nullptr;
  value = std::strtod(digits.c_str(), &end);
  return !digits.empty() && *end == '\0';
}
