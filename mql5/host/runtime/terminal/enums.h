// The enumerations of market, trade, account and program, with MetaTrader's own numeric values.
#pragma once
#include "enums-market.h"
#include "enums-program.h"
#include "enums-trade.h"
