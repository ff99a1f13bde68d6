#include "link-lines.h"

#include "../language/print.h"
#include "../language/program.h"
#include "clock.h"
#include "event-queue.h"
#include "link-records.h"
#include "link-settings.h"
#include "options.h"
#include "requests.h"

namespace terminal {
namespace {

void queue_server_transaction(const link_fields &line) {
  trade_event event;
  event.transaction = read_transaction(line);
  queue_transaction(event, true);
}

bool is_usable(const MqlRates &bar) {
  return bar.time > 0 && bar.low > 0 && bar.low <= bar.open && bar.low <= bar.close && bar.high >= bar.open &&
         bar.high >= bar.close;
}

// A record without a ticket is none.
template <class Record>
void put_usable(ticket_table<Record> &table, const Record &record) {
  if (record.ticket > 0) table.put(record);
}

bool is_usable(const MqlTick &quote) {
  return quote.time_msc > 0 && quote.bid >= 0 && quote.ask >= 0 && quote.last >= 0 &&
         (quote.bid > 0 || quote.last > 0);
}

}  // namespace

void link_lines::connected() {
  synced_ = refused_ = false;
  arriving_ = trade_state();
}

void link_lines::apply(const link_fields &line) {
  const std::string &name = line.text(0);
  if (name == "quote") return apply_quote(line);
  if (apply_record(name, line)) return;
  if (name == "transaction") {
    queue_server_transaction(line);
  } else if (name == "result") {
    take_result(read_result(line));
  } else if (name == "account") {
    read_account(line, 1, state().account);
  } else if (name == "time") {
    learn_server_time(line.integer(1), line.integer(2));
  } else if (name == "synced") {
    finish_login(line);
  } else if (name == "refused") {
    // Repeated with every try to connect again, noted once.
    if (!refusal_noted_) mql_note("the trade server refused the login: " + line.text(1) + " " + line.text(2));
    refused_ = refusal_noted_ = true;
  } else {
    apply_market(name, line);
  }
}

void link_lines::apply_market(const std::string &name, const link_fields &line) {
  if (name == "symbol") {
    read_specification(line, 2, state().market.named(line.text(1)).spec);
  } else if (name == "m1") {
    symbol *of = state().market.find(line.text(1));
    const MqlRates minute = read_minute(line);
    if (of && is_usable(minute)) of->bars.load_minute(minute);
  } else {
    mql_note("a line of the trade server was not understood: " + name);
  }
}

bool link_lines::apply_record(const std::string &name, const link_fields &line) {
  if (name == "order")
    put_usable(records().orders, read_order(line));
  else if (name == "order-gone")
    records().orders.remove(line.ticket(1));
  else if (name == "position")
    put_usable(records().positions, read_position(line));
  else if (name == "position-gone")
    records().positions.remove(line.ticket(1));
  else if (name == "history-order")
    put_usable(records().history_orders, read_order(line));
  else if (name == "deal")
    put_usable(records().deals, read_deal(line));
  else
    return false;
  return true;
}

void link_lines::apply_quote(const link_fields &line) {
  symbol *of = state().market.find(line.text(1));
  const MqlTick quote = read_quote(line);
  if (!of || !is_usable(quote)) return;
  if (!synced_) {
    of->load_quote(quote);
    learn_quote_time(quote.time_msc);
    return;
  }
  of->add_quote(quote);
  learn_quote_time(quote.time_msc);
  if (of->name == given_options().symbol) queue_tick();
}

void link_lines::finish_login(const link_fields &line) {
  learn_server_time(line.integer(1), line.integer(2));
  state().trade = std::move(arriving_);
  arriving_ = trade_state();
  synced_ = true;
  refusal_noted_ = false;
}

}  // namespace terminal
