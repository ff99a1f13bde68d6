// Events: https://www.mql5.com/en/docs/eventfunctions
#pragma once
#include "../language/string.h"

bool EventSetTimer(int seconds);
bool EventSetMillisecondTimer(int milliseconds);
void EventKillTimer();
// The event reaches the program's own OnChartEvent as CHARTEVENT_CUSTOM + id.
bool EventChartCustom(long chart, ushort id, long lparam, double dparam, const string &sparam);
