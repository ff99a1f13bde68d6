#include "print.h"

#include <cerrno>
#include <unistd.h>

#include "program.h"

namespace {
void write_all(int file, const std::string &text) {
  size_t done = 0;
  while (done < text.size()) {
    const ssize_t n = ::write(file, text.data() + done, text.size() - done);
    if (n > 0) done += static_cast<size_t>(n);
    else if (n < 0 && errno == EINTR) continue;
    // Nobody reads any more: a terminal without a window goes on.
    else return;
  }
}
}  // namespace

void mql_print(const string &text) {
  const std::string utf8 = text.utf8();
  const std::string prefix = mql_program_name() + "\t";
  std::string out;
  for (size_t from = 0; from <= utf8.size();) {
    size_t to = utf8.find('\n', from);
    if (to == std::string::npos) to = utf8.size();
    size_t end = to;
    if (end > from && utf8[end - 1] == '\r') end--;
    // A final line feed does not make an empty line.
    if (to < utf8.size() || end > from || from == 0) out += prefix + utf8.substr(from, end - from) + "\n";
    from = to + 1;
  }
  write_all(STDOUT_FILENO, out);
}

void mql_note(const std::string &text) { write_all(STDERR_FILENO, "mql5 host: " + text + "\n"); }

string mql_join(std::initializer_list<mql_value> arguments) {
  string result = u""_mql;
  for (const mql_value &argument : arguments) result += argument.words;
  return result;
}
