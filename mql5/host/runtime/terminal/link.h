// The terminal's session with the trade server: login, state, reconnects.
#pragma once
#include <string>

namespace terminal {

void start_link();
// Whether the server has told all its state on the present connection.
bool link_synced();
// Whether the server refused the login.
bool link_refused();
// Grows with every login: two equal numbers mean that the connection stood all the time between.
long link_session();
void send_on_link(const std::string &line);

// Applies what has arrived; reconnects when it is time. Never waits.
void serve_link();

// What a wait must watch: the descriptor (-1 = none), its poll() events, and the moment at which
// serve_link wants to be called at the latest, in real_monotonic_usc.
int link_descriptor();
short link_wanted_events();
long link_wakes_usc();

// Microseconds that the last ping took to the server and back.
long link_round_trip_usc();

}  // namespace terminal
