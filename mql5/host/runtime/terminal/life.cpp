#include "life.h"

#include <csignal>
#include <cstdint>
#include <sys/eventfd.h>
#include <unistd.h>

#include "../language/program.h"

namespace terminal {
namespace {

int signal_event = -1;
volatile std::sig_atomic_t signalled = 0;
bool signal_taken = false;

bool asked = false;
int asked_reason = REASON_CLOSE;
int asked_code = 0;

void on_signal(int) {
  signalled = 1;
  _StopFlag = true;
  const uint64_t one = 1;
  // Nothing can be done about a failed write inside a signal handler; the flags alone stop the program too.
  const ssize_t written = write(signal_event, &one, sizeof one);
  static_cast<void>(written);
}

}  // namespace

void install_signals() {
  signal_event = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  struct sigaction action {};
  action.sa_handler = on_signal;
  sigaction(SIGTERM, &action, nullptr);
  sigaction(SIGINT, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

int stop_descriptor() { return signal_taken ? -1 : signal_event; }

void take_stop_signal() { signal_taken = true; }

void request_stop(int reason, int code) {
  if (asked) return;
  asked = true;
  asked_reason = reason;
  asked_code = code;
  _StopFlag = true;
}

bool stop_requested() { return asked || signalled != 0; }

int deinit_reason() { return asked ? asked_reason : REASON_CLOSE; }

int exit_code() { return asked ? asked_code : 0; }

}  // namespace terminal
