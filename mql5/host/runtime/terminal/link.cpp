#include "link.h"

#include "../language/print.h"
#include "../language/program.h"
#include "clock.h"
#include "info.h"
#include "link-connection.h"
#include "link-fields.h"
#include "link-lines.h"
#include "options.h"
#include "requests.h"

namespace terminal {
namespace {

const long retry_usc = 200 * 1000;

struct session {
  link_connection connection;
  link_lines lines;
  bool started = false, logged_in = false;
  long number = 0;
  // When to connect again; when the server was heard last; when the last ping left, or the connecting began.
  long dial_usc = 0, heard_usc = 0, ping_sent_usc = 0;
  long round_trip_usc = 0;
  long pings = 0;

  bool ping_open() const { return heard_usc < ping_sent_usc; }
};

session &link() {
  static session &only = *new session;
  return only;
}

// A server that leaves a ping unanswered for so long is gone without a word.
long silence_usc() { return given_options().link_silence_msc * 1000; }
long ping_every_usc() { return silence_usc() / 3; }

void note_lost() {
  session &s = link();
  if (s.lines.synced()) mql_note("the connection to the trade server is lost");
  s.lines.disconnected();
  s.logged_in = false;
  s.dial_usc = real_monotonic_usc() + retry_usc;
  fail_open_requests();
}

void dial() {
  const options &given = given_options();
  link().connection.dial(given.link_host, given.link_port);
  link().ping_sent_usc = real_monotonic_usc();
  if (link().connection.now() == link_connection::state::closed) link().dial_usc = real_monotonic_usc() + retry_usc;
}

void log_in() {
  const options &given = given_options();
  session &s = link();
  s.logged_in = true;
  s.number++;
  s.heard_usc = s.ping_sent_usc = real_monotonic_usc();
  s.lines.connected();
  s.connection.send_line("login\t" + escaped(given.login) + '\t' + escaped(given.password) + '\t' +
                         std::to_string(terminal_build));
}

void take(const std::string &line) {
  session &s = link();
  const link_fields fields(line);
  if (fields.text(0) == "pong")
    s.round_trip_usc = real_monotonic_usc() - s.ping_sent_usc;
  else
    s.lines.apply(fields);
}

// What has arrived is read before: a program that kept the terminal busy for long is not taken for a silent server.
void keep_alive() {
  session &s = link();
  const long now = real_monotonic_usc();
  if (s.ping_open()) {
    if (now - s.ping_sent_usc > silence_usc()) s.connection.close();
    return;
  }
  if (now - s.ping_sent_usc < ping_every_usc()) return;
  s.ping_sent_usc = now;
  s.connection.send_line("ping\t" + std::to_string(++s.pings));
}

}  // namespace

void start_link() {
  link().started = true;
  dial();
}

bool link_synced() { return link().lines.synced(); }

bool link_refused() { return link().lines.refused(); }

long link_session() { return link().number; }

void send_on_link(const std::string &line) { link().connection.send_line(line); }

void serve_link() {
  session &s = link();
  if (!s.started) return;
  if (s.connection.now() == link_connection::state::closed) {
    if (real_monotonic_usc() >= s.dial_usc) dial();
    return;
  }
  const std::vector<std::string> lines = s.connection.serve();
  if (s.connection.now() == link_connection::state::open && !s.logged_in) log_in();
  if (!lines.empty()) s.heard_usc = real_monotonic_usc();
  for (const std::string &line : lines) take(line);
  if (s.connection.now() != link_connection::state::closed) keep_alive();
  if (s.connection.now() == link_connection::state::closed) note_lost();
}

int link_descriptor() { return link().connection.descriptor(); }

short link_wanted_events() { return link().connection.wanted_events(); }

long link_wakes_usc() {
  const session &s = link();
  if (s.connection.now() == link_connection::state::closed) return s.dial_usc;
  return s.ping_sent_usc + (s.ping_open() ? silence_usc() : ping_every_usc()) + 1000;
}

long link_round_trip_usc() { return link().round_trip_usc; }

}  // namespace terminal
