// The program's one timer.
#pragma once

namespace terminal {

// Starts the timer anew; a period below the floor of the command line is raised to it. Milliseconds.
void start_timer(long period_msc);
void stop_timer();

// When the timer fires next, in microseconds of the program's clock; -1 when it is not set.
long timer_due_usc();

// Queues a Timer event when it is due.
void check_timer();
// The timer's handler has returned: periods that ended while it ran are gone, as the terminal has it.
void timer_handled();

}  // namespace terminal
