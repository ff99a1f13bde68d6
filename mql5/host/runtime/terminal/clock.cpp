#include "clock.h"

#include <algorithm>
#include <ctime>

namespace terminal {
namespace {

struct clocks {
  bool simulated = false;
  long simulated_msc = 0;
  bool server_known = false;
  // The server's clock minus the monotonic one.
  long server_ahead_msc = 0;
  long newest_quote_msc = 0;
};

clocks &all() {
  static clocks only;
  return only;
}

long read_usc(clockid_t which) {
  timespec now{};
  clock_gettime(which, &now);
  return now.tv_sec * 1000000L + now.tv_nsec / 1000;
}

}  // namespace

long machine_msc() { return all().simulated ? all().simulated_msc : read_usc(CLOCK_REALTIME) / 1000; }

long real_monotonic_usc() { return read_usc(CLOCK_MONOTONIC); }

long monotonic_usc() { return all().simulated ? all().simulated_msc * 1000 : real_monotonic_usc(); }

void learn_server_time(long told_msc, long offset_msc) {
  // The offset is told for those who read the link; the wall clock already contains it.
  static_cast<void>(offset_msc);
  all().server_known = true;
  all().server_ahead_msc = told_msc - real_monotonic_usc() / 1000;
  if (all().newest_quote_msc == 0) all().newest_quote_msc = told_msc;
}

long server_msc() {
  if (all().simulated || !all().server_known) return machine_msc();
  return real_monotonic_usc() / 1000 + all().server_ahead_msc;
}

long last_quote_msc() { return all().newest_quote_msc; }

void learn_quote_time(long time_msc) { all().newest_quote_msc = std::max(all().newest_quote_msc, time_msc); }

void set_simulated_msc(long time_msc) {
  all().simulated = true;
  all().simulated_msc = time_msc;
}

}  // namespace terminal
