// The program's event queue. One thread: handlers run one after another, and what arrives meanwhile waits here.
#pragma once
#include "structs.h"

namespace terminal {

struct trade_event {
  MqlTradeTransaction transaction;
  MqlTradeRequest request;
  MqlTradeResult result;
};

// A tick or timer event is not queued while another of its kind waits or its handler runs.
void queue_tick();
void queue_timer();
void drop_queued_timer();
// At most 1,024 transactions wait; then the oldest is dropped, as in the terminal.
// `changes_trade`: an OnTrade follows after the transactions.
void queue_transaction(const trade_event &event, bool changes_trade);
void queue_chart_event(int id, long lparam, double dparam, const string &sparam);

bool event_waits();
// Runs the oldest event's handler; false when none waits.
bool run_next_event();

}  // namespace terminal
