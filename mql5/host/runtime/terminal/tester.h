// The tester: recorded ticks played on simulated time, as fast as the program takes them.
#pragma once

namespace terminal {

// Reads the rows `time_msc,bid,ask` of the file; a mistake ends the process with code 2.
void load_tester();
// Plays all rows: timers fire on simulated time, OnTick is called for each row.
void run_tester();
// Simulated time goes on by so much: the rows of that time become known, their events wait.
void sleep_in_tester(long msc);

}  // namespace terminal
