// The records of the terminal link, read from the fields of a line.
#pragma once
#include "link-fields.h"
#include "records.h"
#include "structs.h"

namespace terminal {

// Each record's first field stands at index 1, behind the line's name.
order_record read_order(const link_fields &line);
position_record read_position(const link_fields &line);
deal_record read_deal(const link_fields &line);
MqlTick read_quote(const link_fields &line);
MqlRates read_minute(const link_fields &line);
MqlTradeTransaction read_transaction(const link_fields &line);
MqlTradeResult read_result(const link_fields &line);

// The fields of a request behind its name, id and mode.
std::string request_text(const MqlTradeRequest &request);

}  // namespace terminal
