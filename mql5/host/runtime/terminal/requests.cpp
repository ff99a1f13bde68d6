#include "requests.h"

#include <map>

#include "event-queue.h"
#include "link-records.h"
#include "link.h"

namespace terminal {
namespace {

struct open_request {
  MqlTradeRequest request;
  bool asynchronous = false;
};

struct request_book {
  uint last_id = 0;
  std::map<uint, open_request> open;
  // Answers to blocking requests that their callers have not taken yet.
  std::map<uint, MqlTradeResult> answers;
};

request_book &book() {
  static request_book &only = *new request_book;
  return only;
}

void tell_transaction(const MqlTradeRequest &request, const MqlTradeResult &result) {
  trade_event event;
  event.transaction.type = TRADE_TRANSACTION_REQUEST;
  event.request = request;
  event.result = result;
  queue_transaction(event, false);
}

}  // namespace

uint send_request(const MqlTradeRequest &request, bool asynchronous) {
  if (!link_synced()) return 0;
  const uint id = ++book().last_id;
  book().open[id] = {request, asynchronous};
  send_on_link("request\t" + std::to_string(id) + (asynchronous ? "\t1" : "\t0") + request_text(request));
  return id;
}

bool take_answer(uint request_id, MqlTradeResult &result) {
  const auto found = book().answers.find(request_id);
  if (found == book().answers.end()) return false;
  result = found->second;
  book().answers.erase(found);
  return true;
}

void forget_request(uint request_id) {
  const auto found = book().open.find(request_id);
  if (found != book().open.end()) found->second.asynchronous = true;
}

void take_result(const MqlTradeResult &result) {
  const auto found = book().open.find(result.request_id);
  if (found == book().open.end()) return;
  if (!found->second.asynchronous) book().answers[result.request_id] = result;
  tell_transaction(found->second.request, result);
  book().open.erase(found);
}

void fail_open_requests() {
  std::map<uint, open_request> open;
  open.swap(book().open);
  for (const auto &[id, one] : open) {
    MqlTradeResult result;
    result.request_id = id;
    result.retcode = TRADE_RETCODE_CONNECTION;
    result.comment = string("No connection with the trade server");
    if (one.asynchronous)
      tell_transaction(one.request, result);
    else
      book().answers[id] = result;
  }
}

}  // namespace terminal
