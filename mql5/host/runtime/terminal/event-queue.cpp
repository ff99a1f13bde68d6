#include "event-queue.h"

#include <deque>

#include "../language/print.h"
#include "../language/program.h"
#include "timer.h"

namespace terminal {
namespace {

enum class kind { tick, timer, transaction, chart };

struct event {
  kind what;
  trade_event trade;
  int chart_id = 0;
  long lparam = 0;
  double dparam = 0;
  string sparam;
};

const long most_transactions = 1024;

struct event_queue {
  std::deque<event> waiting;
  long transactions = 0;
  long transactions_lost = 0;
  bool tick_pending = false, timer_pending = false;
  bool trade_due = false;
};

event_queue &queue() {
  static event_queue &only = *new event_queue;
  return only;
}

void queue_once(kind what, bool &pending) {
  if (pending) return;
  pending = true;
  event added{};
  added.what = what;
  queue().waiting.push_back(added);
}

void drop_oldest_transaction() {
  event_queue &q = queue();
  for (auto at = q.waiting.begin(); at != q.waiting.end(); ++at) {
    if (at->what != kind::transaction) continue;
    q.waiting.erase(at);
    q.transactions--;
    break;
  }
  if (q.transactions_lost++ == 0) mql_note("the queue of trade transactions is full: the oldest are dropped");
}

// `pending` stays set while the handler runs, so that the same event is not queued again meanwhile.
template <class Handler>
void run_once(Handler handler, bool &pending) {
  if (handler) handler();
  pending = false;
}

void run(const event &next) {
  const mql_handlers &handlers = mql_registered_handlers();
  event_queue &q = queue();
  switch (next.what) {
    case kind::tick:
      run_once(handlers.OnTick, q.tick_pending);
      break;
    case kind::timer:
      run_once(handlers.OnTimer, q.timer_pending);
      timer_handled();
      break;
    case kind::chart:
      if (handlers.OnChartEvent) handlers.OnChartEvent(next.chart_id, next.lparam, next.dparam, next.sparam);
      break;
    case kind::transaction:
      if (handlers.OnTradeTransaction)
        handlers.OnTradeTransaction(next.trade.transaction, next.trade.request, next.trade.result);
      break;
  }
}

bool run_due_trade() {
  event_queue &q = queue();
  if (!q.trade_due || q.transactions > 0) return false;
  q.trade_due = false;
  const mql_handlers &handlers = mql_registered_handlers();
  if (handlers.OnTrade) handlers.OnTrade();
  return true;
}

}  // namespace

void queue_tick() { queue_once(kind::tick, queue().tick_pending); }

void queue_timer() { queue_once(kind::timer, queue().timer_pending); }

void drop_queued_timer() {
  event_queue &q = queue();
  for (auto at = q.waiting.begin(); at != q.waiting.end(); ++at) {
    if (at->what != kind::timer) continue;
    q.waiting.erase(at);
    q.timer_pending = false;
    return;
  }
}

void queue_transaction(const trade_event &trade, bool changes_trade) {
  event_queue &q = queue();
  if (q.transactions >= most_transactions) drop_oldest_transaction();
  event added{};
  added.what = kind::transaction;
  added.trade = trade;
  q.waiting.push_back(added);
  q.transactions++;
  if (changes_trade) q.trade_due = true;
}

void queue_chart_event(int id, long lparam, double dparam, const string &sparam) {
  event added{};
  added.what = kind::chart;
  added.chart_id = id;
  added.lparam = lparam;
  added.dparam = dparam;
  added.sparam = sparam;
  queue().waiting.push_back(added);
}

bool event_waits() { return !queue().waiting.empty() || (queue().trade_due && queue().transactions == 0); }

bool run_next_event() {
  event_queue &q = queue();
  if (run_due_trade()) return true;
  if (q.waiting.empty()) return false;
  const event next = q.waiting.front();
  q.waiting.pop_front();
  if (next.what == kind::transaction) q.transactions--;
  run(next);
  return true;
}

}  // namespace terminal
