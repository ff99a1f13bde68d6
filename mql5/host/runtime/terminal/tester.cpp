#include "tester.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <vector>

#include "../language/print.h"
#include "../language/program.h"
#include "clock.h"
#include "event-queue.h"
#include "life.h"
#include "options.h"
#include "state.h"
#include "timer.h"

namespace terminal {
namespace {

struct tick_row {
  long time_msc;
  double bid, ask;
};

struct tester_state {
  std::vector<tick_row> rows;
  size_t next = 0;
  symbol *of = nullptr;
};

tester_state &tester() {
  static tester_state &only = *new tester_state;
  return only;
}

[[noreturn]] void refuse_file(const std::string &why) {
  mql_note("--ticks " + given_options().ticks_file + ": " + why);
  std::exit(2);
}

bool read_row(const char *line, tick_row &row) {
  char *end = nullptr;
  row.time_msc = std::strtol(line, &end, 10);
  if (*end != ',') return false;
  row.bid = std::strtod(end + 1, &end);
  if (*end != ',') return false;
  row.ask = std::strtod(end + 1, &end);
  return row.time_msc > 0 && row.bid > 0 && row.ask > 0 && std::isfinite(row.bid) && std::isfinite(row.ask);
}

void read_rows() {
  std::unique_ptr<FILE, int (*)(FILE *)> file(std::fopen(given_options().ticks_file.c_str(), "r"), std::fclose);
  if (!file) refuse_file("cannot be opened");
  char line[256];
  for (long number = 1; std::fgets(line, sizeof line, file.get()); number++) {
    tick_row row{};
    const bool header = number == 1 && (line[0] < '0' || line[0] > '9');
    if (header || line[0] == '\n') continue;
    if (!read_row(line, row)) refuse_file("row " + std::to_string(number) + " is not time_msc,bid,ask");
    if (!tester().rows.empty() && row.time_msc < tester().rows.back().time_msc)
      refuse_file("row " + std::to_string(number) + " is older than the one before");
    tester().rows.push_back(row);
  }
  if (tester().rows.empty()) refuse_file("no rows");
}

void describe_market() {
  symbol &of = state().market.named(given_options().symbol);
  of.spec.digits = given_options().digits;
  of.spec.point = of.spec.tick_size = std::pow(10, -of.spec.digits);
  of.spec.tick_value = of.spec.contract_size * of.spec.tick_size;
  of.spec.currency_base = of.spec.currency_margin = of.name.substr(0, 3);
  of.spec.currency_profit = of.name.size() >= 6 ? of.name.substr(3, 3) : "USD";
  of.spec.description = of.name;
  tester().of = &of;
  account_state &account = state().account;
  account.login = std::atol(given_options().login.c_str());
  account.name = account.company = "Tester";
  account.server = "Tester";
  account.balance = account.equity = 10000;
}

// The row becomes the newest quote, at its own time.
void apply(const tick_row &row) {
  MqlTick quote;
  quote.time_msc = row.time_msc;
  quote.time = datetime(row.time_msc / 1000);
  quote.bid = row.bid;
  quote.ask = row.ask;
  quote.flags = TICK_FLAG_BID | TICK_FLAG_ASK;
  tester().of->add_quote(quote);
  learn_quote_time(row.time_msc);
}

void run_events() {
  while (!stop_requested() && run_next_event()) continue;
}

// Timers that are due before the next row fire at their own times.
void run_timers_until(long time_msc) {
  for (long due = timer_due_usc(); due >= 0 && due <= time_msc * 1000; due = timer_due_usc()) {
    if (due > monotonic_usc()) set_simulated_msc((due + 999) / 1000);
    check_timer();
    run_events();
    if (stop_requested()) return;
  }
}

}  // namespace

void load_tester() {
  read_rows();
  describe_market();
  tester_state &t = tester();
  while (t.next < t.rows.size() && t.rows[t.next].time_msc < given_options().tester_from_msc) apply(t.rows[t.next++]);
  set_simulated_msc(std::max(t.rows.front().time_msc, given_options().tester_from_msc));
}

void run_tester() {
  tester_state &t = tester();
  run_events();
  while (t.next < t.rows.size() && !stop_requested()) {
    const tick_row row = t.rows[t.next];
    run_timers_until(row.time_msc);
    // A handler may have slept over this row: it is known already then.
    if (stop_requested() || t.next >= t.rows.size() || t.rows[t.next].time_msc != row.time_msc) continue;
    t.next++;
    if (row.time_msc > machine_msc()) set_simulated_msc(row.time_msc);
    apply(row);
    queue_tick();
    run_events();
  }
}

void sleep_in_tester(long msc) {
  tester_state &t = tester();
  const long until = machine_msc() + msc;
  while (t.next < t.rows.size() && t.rows[t.next].time_msc <= until) {
    apply(t.rows[t.next++]);
    queue_tick();
  }
  set_simulated_msc(until);
}

}  // namespace terminal
