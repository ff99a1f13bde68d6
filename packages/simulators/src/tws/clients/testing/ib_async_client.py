"""What ib_async sees of a TWS on 127.0.0.1, as one line of JSON. Arguments: port, and what to do: `look`, `trade` or `taken`."""

import json
import sys

from ib_async import (
    IB,
    Contract,
    Future,
    LimitOrder,
    MarketOrder,
    Order,
    Stock,
    StopOrder,
)

port, task = int(sys.argv[1]), sys.argv[2]
ib = IB()
errors = []
ib.errorEvent += lambda request_id, code, text, contract: errors.append([request_id, code])


def until(condition, seconds=4):
    """Lets ib_async read until a condition holds; whether it came to hold."""
    for _ in range(int(seconds / 0.02)):
        if condition():
            return True
        ib.sleep(0.02)
    return False


def connect(client_id):
    ib.connect("127.0.0.1", port, clientId=client_id, timeout=8, raiseSyncErrors=True)


def told(trade):
    status = trade.orderStatus
    return {
        "status": status.status,
        "filled": status.filled,
        "remaining": status.remaining,
        "average": status.avgFillPrice,
        "ref": trade.order.orderRef,
        "log": list(dict.fromkeys(entry.status for entry in trade.log)),
        "fills": [
            {
                "side": fill.execution.side,
                "shares": fill.execution.shares,
                "price": fill.execution.price,
                "account": fill.execution.acctNumber,
                "ref": fill.execution.orderRef,
                "time": fill.execution.time.isoformat(),
                "same": fill.execution.execId == fill.commissionReport.execId,
                "commission": fill.commissionReport.commission,
                "currency": fill.commissionReport.currency,
            }
            for fill in trade.fills
        ],
    }


def look():
    connect(5)
    share = Stock("AAPL", "SMART", "USD")
    future = Future("ES", "202603", "CME")
    qualified = ib.qualifyContracts(share, future)
    [detail] = ib.reqContractDetails(share)
    [future_detail] = ib.reqContractDetails(future)
    ticker = ib.reqMktData(share)
    until(lambda: ticker.bid == 200 and ticker.ask == 200.1 and ticker.bidSize > 0)
    rule = ib.reqMarketRule(int(detail.marketRuleIds.split(",")[0]))
    bars = ib.reqHistoricalData(share, "", "3600 S", "1 min", "TRADES", False, formatDate=1)
    epoch = ib.reqHistoricalData(share, "", "3600 S", "1 min", "TRADES", False, formatDate=2)
    head = ib.reqHeadTimeStamp(share, "TRADES", False, 2)
    summary = {row.tag: [row.account, row.value, row.currency] for row in ib.accountSummary()}
    values = {value.tag: value.value for value in ib.accountValues() if value.currency == "USD"}
    return {
        "serverVersion": ib.client.serverVersion(),
        "accounts": ib.managedAccounts(),
        "qualified": [
            [one.conId, one.localSymbol, one.tradingClass, one.primaryExchange] for one in qualified
        ],
        "details": {
            "longName": detail.longName,
            "minTick": detail.minTick,
            "minSize": float(detail.minSize),
            "sizeIncrement": float(detail.sizeIncrement),
            "stockType": detail.stockType,
            "timeZone": detail.timeZoneId,
            "sessions": len(detail.tradingSessions()) > 0,
            "isin": [tag.value for tag in detail.secIdList if tag.tag == "ISIN"],
        },
        "future": {
            "multiplier": future_detail.contract.multiplier,
            "minTick": future_detail.minTick,
            "month": future_detail.contractMonth,
            "expiry": future_detail.contract.lastTradeDateOrContractMonth,
            "realExpiry": future_detail.realExpirationDate,
        },
        "ticker": [ticker.bid, ticker.ask, ticker.bidSize > 0, ticker.marketDataType, ticker.minTick],
        "rule": [[step.lowEdge, step.increment] for step in rule],
        "bars": [[bar.open, bar.high, bar.low, bar.close, bar.volume] for bar in bars],
        "sameTimes": [bar.date.timestamp() for bar in bars] == [bar.date.timestamp() for bar in epoch],
        "times": [bar.date.timestamp() for bar in epoch],
        "head": head.timestamp(),
        "summary": summary["NetLiquidation"],
        "cash": values["TotalCashValue"],
        "found": [one.contract.symbol for one in ib.reqMatchingSymbols("AAPL")],
        "time": ib.reqCurrentTime().timestamp(),
    }


def trade():
    connect(5)
    share = Stock("AAPL", "SMART", "USD")
    future = Future("ES", "202603", "CME")
    ib.qualifyContracts(share, future)
    result = {"serverVersion": ib.client.serverVersion()}

    state = ib.whatIfOrder(share, LimitOrder("BUY", 10, 201, tif="GTC"))
    result["whatIf"] = [float(state.initMarginChange) > 0, state.commission, state.commissionCurrency]

    resting = ib.placeOrder(share, LimitOrder("BUY", 10, 150, tif="GTC", orderRef="rest"))
    until(lambda: resting.orderStatus.status == "Submitted")
    result["resting"] = told(resting)
    resting.order.lmtPrice = 151
    ib.placeOrder(share, resting.order)
    ib.sleep(0.1)
    opened = ib.reqAllOpenOrders()
    result["open"] = [[one.order.orderRef, one.order.lmtPrice, one.orderStatus.status] for one in opened]
    ib.cancelOrder(resting.order)
    until(lambda: resting.orderStatus.status == "Cancelled")
    result["cancelled"] = told(resting)["log"][-1]

    market = ib.placeOrder(future, MarketOrder("BUY", 2, tif="DAY", orderRef="market"))
    until(lambda: market.fills and market.fills[0].commissionReport.execId)
    result["market"] = told(market)
    until(lambda: ib.positions())
    result["positions"] = [
        [held.account, held.contract.localSymbol, held.position, held.avgCost] for held in ib.positions()
    ]
    until(lambda: ib.portfolio())
    result["portfolio"] = [
        [item.contract.symbol, item.position, item.averageCost] for item in ib.portfolio()
    ]

    entry, target, stop = ib.bracketOrder("BUY", 5, 199, 210, 190, tif="GTC")
    legs = [ib.placeOrder(share, leg) for leg in (entry, target, stop)]
    until(lambda: legs[0].orderStatus.status == "Submitted" and legs[2].orderStatus.status == "PreSubmitted")
    result["bracket"] = [
        [leg.orderStatus.status, leg.order.orderType, leg.order.parentId == entry.orderId] for leg in legs
    ]
    ib.cancelOrder(entry)
    result["family"] = until(lambda: all(leg.orderStatus.status == "Cancelled" for leg in legs))

    refused = ib.placeOrder(share, LimitOrder("BUY", 1, 150.005, tif="GTC"))
    until(lambda: any(code == 110 for _, code in errors))
    result["refused"] = refused.orderStatus.status
    missing = Contract(secType="STK", symbol="NONESUCH", exchange="SMART", currency="USD")
    result["missing"] = ib.reqContractDetails(missing)

    completed = ib.reqCompletedOrders(False)
    result["completed"] = sorted([one.order.orderRef, one.orderStatus.status] for one in completed)[-2:]
    result["executions"] = [fill.execution.orderRef for fill in ib.reqExecutions()]
    stop_order = StopOrder("SELL", 2, 4900, tif="GTC", orderRef="protect")
    held = ib.placeOrder(future, stop_order)
    until(lambda: held.orderStatus.status == "PreSubmitted")
    trail = ib.placeOrder(future, Order(action="SELL", totalQuantity=1, orderType="TRAIL", auxPrice=10, tif="GTC"))
    until(lambda: trail.orderStatus.status == "PreSubmitted")
    result["held"] = [held.orderStatus.status, trail.orderStatus.status]
    ib.reqGlobalCancel()
    result["global"] = until(lambda: not ib.openTrades())
    return result


def taken():
    connect(5)
    other = IB()
    codes = []
    other.errorEvent += lambda request_id, code, text, contract: codes.append(code)
    try:
        other.connect("127.0.0.1", port, clientId=5, timeout=1)
        return {"connected": True}
    except Exception as error:
        return {"connected": False, "codes": codes, "error": type(error).__name__}


try:
    seen = {"look": look, "trade": trade, "taken": taken}[task]()
    print(json.dumps({**seen, "errors": errors}))
finally:
    ib.disconnect()
