#include "boot.h"

#include <cstdlib>

#include "../language/print.h"
#include "../language/program.h"
#include "../language/time.h"
#include "clock.h"
#include "life.h"
#include "link.h"
#include "options.h"
#include "state.h"
#include "tester.h"
#include "wait.h"

namespace terminal {
namespace {

void sleep_serving(long msc) {
  if (mql_tester())
    sleep_in_tester(msc);
  else
    mql_wait_socket(-1, 0, msc);
}

void wait_for_state() {
  const long until = real_monotonic_usc() + given_options().sync_timeout_msc * 1000;
  while (!link_synced() && !stop_requested() && real_monotonic_usc() < until) {
    wait_once(-1, 0, until);
    if (link_refused()) std::exit(4);
  }
  if (!link_synced())
    mql_note("the trade server has not told its state: the program starts without connection");
  else if (!state().market.find(given_options().symbol))
    mql_note("the trade server has no symbol " + given_options().symbol);
}

}  // namespace

void boot() {
  static bool begun = false;
  if (begun) return;
  begun = true;
  mql_use_clock({machine_msc, monotonic_usc, sleep_serving});
  install_signals();
  if (mql_tester()) {
    load_tester();
    return;
  }
  start_link();
  wait_for_state();
}

}  // namespace terminal
