// The terminal's clocks: the machine's, the trade server's and, in the tester, the simulated one.
#pragma once

namespace terminal {

// Epoch milliseconds of the machine (UTC); in the tester the simulated time.
long machine_msc();
// Microseconds that only run forward; in the tester they follow the simulated time.
long monotonic_usc();
// Microseconds that only run forward, of the real world even in the tester.
long real_monotonic_usc();

// The server's clock as it told it: milliseconds of its wall clock, and its zone's offset from UTC.
void learn_server_time(long server_msc, long offset_msc);
// The server's wall clock now, in milliseconds; the machine's before the server told its own.
long server_msc();

// The time of the newest quote of any symbol; the server's clock at login before there was one.
long last_quote_msc();
void learn_quote_time(long time_msc);

// Switches to simulated time, or moves it.
void set_simulated_msc(long time_msc);

}  // namespace terminal
