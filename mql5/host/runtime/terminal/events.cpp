#include "events.h"

#include "../language/errors.h"
#include "boot.h"
#include "event-queue.h"
#include "timer.h"

bool EventSetMillisecondTimer(int milliseconds) {
  terminal::boot();
  if (milliseconds <= 0) return mql_fail(ERR_INVALID_PARAMETER);
  terminal::start_timer(milliseconds);
  return true;
}

bool EventSetTimer(int seconds) {
  terminal::boot();
  if (seconds <= 0) return mql_fail(ERR_INVALID_PARAMETER);
  terminal::start_timer(seconds * 1000L);
  return true;
}

void EventKillTimer() { terminal::stop_timer(); }

bool EventChartCustom(long, ushort id, long lparam, double dparam, const string &sparam) {
  terminal::queue_chart_event(CHARTEVENT_CUSTOM + id, lparam, dparam, sparam);
  return true;
}
