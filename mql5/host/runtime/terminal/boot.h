// The terminal's start.
#pragma once

namespace terminal {

// Brings the terminal up once: signals, clock, and the account's state or the tester's ticks. An EA's global objects
// may call terminal functions before main() runs, so every such function comes through here.
void boot();

}  // namespace terminal
