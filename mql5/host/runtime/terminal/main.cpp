// The terminal process: one program on one chart.
#include <cstdio>

#include "../language/print.h"
#include "../language/program.h"
#include "boot.h"
#include "clock.h"
#include "event-queue.h"
#include "info.h"
#include "life.h"
#include "link.h"
#include "options.h"
#include "tester.h"
#include "timer.h"
#include "wait.h"

namespace {

// Live: what has arrived becomes events, events run, and without events the process sleeps.
void run_live() {
  while (!terminal::stop_requested()) {
    terminal::serve_link();
    terminal::check_timer();
    if (!terminal::run_next_event()) terminal::wait_once(-1, 0, terminal::timer_due_usc());
  }
}

void deinitialise(int reason) {
  const mql_handlers &handlers = mql_registered_handlers();
  _UninitReason = reason;
  // What OnDeinit still sends must not be cut short by the signal that brought it here.
  terminal::take_stop_signal();
  _StopFlag = true;
  if (handlers.OnDeinit) handlers.OnDeinit(reason);
  std::fflush(stdout);
}

int run_expert() {
  const mql_handlers &handlers = mql_registered_handlers();
  const int initialised = handlers.OnInit ? handlers.OnInit() : 0;
  if (initialised != 0) {
    mql_note("OnInit returned " + std::to_string(initialised));
    deinitialise(REASON_INITFAILED);
    return 3;
  }
  if (!mql_tester()) {
    run_live();
    deinitialise(terminal::deinit_reason());
    return terminal::exit_code();
  }
  terminal::run_tester();
  if (handlers.OnTester && !terminal::stop_requested()) handlers.OnTester();
  deinitialise(terminal::stop_requested() ? terminal::deinit_reason() : REASON_REMOVE);
  return terminal::exit_code();
}

}  // namespace

int main() {
  terminal::boot();
  for (const std::string &name : mql_unknown_inputs()) {
    mql_note("the program has no input " + name);
    return 2;
  }
  if (!mql_registered_handlers().OnStart) return run_expert();
  mql_registered_handlers().OnStart();
  return terminal::exit_code();
}
