// Trade requests on their way to the server and their answers.
#pragma once
#include "structs.h"

namespace terminal {

// Sends the request; its id, or 0 when there is no connection.
uint send_request(const MqlTradeRequest &request, bool asynchronous);
// Whether the answer to a blocking request is there; it is then taken.
bool take_answer(uint request_id, MqlTradeResult &result);
// Gives up a blocking request: a late answer is still told as a transaction.
void forget_request(uint request_id);

// An answer of the server. It also is told to OnTradeTransaction.
void take_result(const MqlTradeResult &result);
// The connection is lost: every open request is answered by "no connection", since its own answer will not come.
void fail_open_requests();

}  // namespace terminal
