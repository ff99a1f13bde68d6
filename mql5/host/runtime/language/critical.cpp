#include "critical.h"

#include <backtrace.h>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string>
#include <unistd.h>

#include "globals.h"
#include "print.h"

extern "C" void __gcov_dump() __attribute__((weak));

namespace {
constexpr int critical_exit_code = 70;

struct position {
  std::string file;
  int line = 0;
};

bool ends_with(const std::string &text, const char *end) {
  const size_t length = std::strlen(end);
  return text.size() >= length && text.compare(text.size() - length, length, end) == 0;
}

int look_at_frame(void *found, uintptr_t, const char *file, int line, const char *) {
  if (!file || !(ends_with(file, ".mq5") || ends_with(file, ".mqh"))) return 0;
  const std::string path = file;
  const size_t slash = path.find_last_of("/\\");
  auto *place = static_cast<position *>(found);
  place->file = slash == std::string::npos ? path : path.substr(slash + 1);
  place->line = line;
  return 1;
}

void ignore_problem(void *, const char *, int) {}

position where() {
  position place;
  backtrace_state *state = backtrace_create_state(nullptr, 0, ignore_problem, nullptr);
  if (state) backtrace_full(state, 0, look_at_frame, ignore_problem, &place);
  return place;
}

[[noreturn]] void stop() {
  // Neither destructors of the program nor OnDeinit run after a critical error. The terminal would live on and keep its
  // global variables.
  GlobalVariablesFlush();
  if (__gcov_dump) __gcov_dump();
  _exit(critical_exit_code);
}

// The processor tells a division of integers by zero as a signal.
void on_zero_divide(int) { mql_critical("zero divide"); }
[[maybe_unused]] const auto zero_divide_is_watched = std::signal(SIGFPE, on_zero_divide);
}  // namespace

void mql_critical(const char *what) {
  const position place = where();
  std::string text = what;
  if (!place.file.empty()) text += " in '" + place.file + "' (" + std::to_string(place.line) + ")";
  mql_print(string(text));
  mql_note("critical error: " + text);
  stop();
}

void mql_import_missing(const char *dll, const char *function) {
  mql_critical((std::string("cannot call '") + function + "' of '" + dll + "': no DLLs on this host").c_str());
}
