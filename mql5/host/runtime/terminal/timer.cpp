#include "timer.h"

#include <algorithm>

#include "clock.h"
#include "event-queue.h"
#include "options.h"

namespace terminal {
namespace {

struct timer_state {
  long period_usc = 0;
  long due_usc = 0;
};

timer_state &timer() {
  static timer_state only;
  return only;
}

// Moves the due time behind now; false when it is there already, or no timer is set.
bool skip_passed_periods() {
  const long period = timer().period_usc;
  const long late = monotonic_usc() - timer().due_usc;
  if (period <= 0 || late < 0) return false;
  timer().due_usc += (late / period + 1) * period;
  return true;
}

}  // namespace

void start_timer(long period_msc) {
  timer().period_usc = std::max(period_msc, given_options().timer_floor_msc) * 1000;
  timer().due_usc = monotonic_usc() + timer().period_usc;
}

void stop_timer() {
  timer().period_usc = 0;
  drop_queued_timer();
}

long timer_due_usc() { return timer().period_usc > 0 ? timer().due_usc : -1; }

void check_timer() {
  if (skip_passed_periods()) queue_timer();
}

void timer_handled() { skip_passed_periods(); }

}  // namespace terminal
