#include "wait.h"

#include <algorithm>
#include <climits>
#include <poll.h>

#include "boot.h"
#include "clock.h"
#include "life.h"
#include "link.h"
#include "options.h"

namespace terminal {
namespace {

const long refresh_usc = 50;

// poll() counts milliseconds: rounded up, so that the last part of one is waited for and not spun through.
int poll_timeout(long until_usc) {
  if (until_usc < 0) return -1;
  const long left = (until_usc - real_monotonic_usc() + 999) / 1000;
  return static_cast<int>(std::clamp(left, 0L, static_cast<long>(INT_MAX)));
}

long earlier(long a_usc, long b_usc) {
  if (a_usc < 0) return b_usc;
  return b_usc < 0 ? a_usc : std::min(a_usc, b_usc);
}

}  // namespace

int wait_once(int fd, short events, long until_usc) {
  const bool linked = !mql_tester();
  pollfd watched[3] = {{fd, events, 0}, {stop_descriptor(), POLLIN, 0}, {-1, 0, 0}};
  if (linked) {
    watched[2] = {link_descriptor(), link_wanted_events(), 0};
    until_usc = earlier(until_usc, link_wakes_usc());
  }
  const int ready = poll(watched, 3, poll_timeout(until_usc));
  if (linked) serve_link();
  if (ready > 0 && watched[1].revents != 0) {
    take_stop_signal();
    return -1;
  }
  return ready > 0 ? watched[0].revents : 0;
}

void refresh() {
  boot();
  if (mql_tester()) return;
  static long served_usc = 0;
  const long now = real_monotonic_usc();
  if (now - served_usc < refresh_usc) return;
  served_usc = now;
  serve_link();
}

}  // namespace terminal

int mql_wait_socket(int fd, short events, long timeout_ms) {
  const long until_usc = timeout_ms < 0 ? -1 : terminal::real_monotonic_usc() + timeout_ms * 1000;
  for (;;) {
    const int happened = terminal::wait_once(fd, events, until_usc);
    if (happened != 0) return happened;
    if (until_usc >= 0 && terminal::real_monotonic_usc() >= until_usc) return 0;
  }
}
