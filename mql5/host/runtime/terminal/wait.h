// Every wait of the program: the link is served meanwhile, so that prices and trade stay fresh.
#pragma once

// Waits until `fd` is ready for `events` (poll's flags) or the time is over; fd -1 waits for the time alone.
// The link's lines are applied as they come. Returns poll's revents, 0 when the time is over, and -1 when the
// program was told to stop meanwhile. Always on the real clock.
int mql_wait_socket(int fd, short events, long timeout_ms);

namespace terminal {

// As above, but returns 0 as soon as the link was served with new lines, a deadline was reached or anything else
// happened; `until_usc` in real_monotonic_usc, -1 = no end.
int wait_once(int fd, short events, long until_usc);

// Applies what has arrived on the link, at most every 50 microseconds: cheap enough for every call that reads state.
void refresh();

}  // namespace terminal
