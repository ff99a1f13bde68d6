import type { SimulatedAccount } from './account.js';
import { multiplierOf } from './holding.js';
import { markOf, valuation } from './margin.js';
import type { ExchangeMarket } from './market.js';
import type { AccountValue } from './messages/account-messages.js';
import { tidy } from './order.js';

/** Profit of an account or of one position, in the account's currency. */
export interface ProfitAndLoss {
  /** Realized since midnight, and unrealized. */
  readonly daily: number;
  readonly unrealized: number;
  /** Since midnight. */
  readonly realized: number;
}

/** What was realized since a moment (epoch ms), in the account's currency; of one contract where one is named. */
export const realizedSince = (account: SimulatedAccount, since: number, contractId?: number): number => {
  let sum = 0;
  for (const { time, realized = 0, rate, contract } of account.executions)
    if (time >= since && (contractId === undefined || contract.contractId === contractId))
      sum += realized * rate;
  return tidy(sum);
};

/** Profit of an account since midnight (epoch ms). What was held before counts from what it has cost. */
export const profitOf = (
  market: ExchangeMarket,
  account: SimulatedAccount,
  midnight: number,
): ProfitAndLoss => {
  const { unrealized } = valuation(market, account);
  const realized = realizedSince(account, midnight);
  return { daily: tidy(unrealized + realized), unrealized, realized };
};

/** Profit of one position since midnight, and what it is worth. */
export const profitOfPosition = (
  market: ExchangeMarket,
  account: SimulatedAccount,
  contractId: number,
  midnight: number,
): ProfitAndLoss & { readonly position: number; readonly value: number } => {
  const holding = account.holdings.find(({ contract }) => contract.contractId === contractId);
  const realized = realizedSince(account, midnight, contractId);
  if (holding === undefined) return { position: 0, value: 0, daily: realized, unrealized: 0, realized };
  const { contract, quantity, averageCost } = holding;
  const rate = market.rate(contract.currency, account.currency) ?? 1;
  const value = quantity * markOf(market, holding) * multiplierOf(contract);
  const unrealized = tidy((value - averageCost * quantity) * rate);
  return {
    position: quantity,
    value: tidy(value * rate),
    daily: tidy(unrealized + realized),
    unrealized,
    realized,
  };
};

/** All figures of an account that TWS tells, by the keys of its account window. */
export const accountValues = (
  market: ExchangeMarket,
  account: SimulatedAccount,
  midnight: number,
): readonly AccountValue[] => {
  const { cash, netLiquidation, grossValue, initialMargin, maintenanceMargin } = valuation(market, account);
  const { unrealized, realized } = profitOf(market, account, midnight);
  const available = netLiquidation - initialMargin;
  const excess = netLiquidation - maintenanceMargin;
  const amounts: Readonly<Record<string, number>> = {
    AccruedCash: 0,
    AvailableFunds: available,
    // A margin account can hold four times what it has free.
    BuyingPower: Math.max(0, 4 * available),
    EquityWithLoanValue: netLiquidation,
    ExcessLiquidity: excess,
    FullAvailableFunds: available,
    FullExcessLiquidity: excess,
    FullInitMarginReq: initialMargin,
    FullMaintMarginReq: maintenanceMargin,
    GrossPositionValue: grossValue,
    InitMarginReq: initialMargin,
    LookAheadAvailableFunds: available,
    LookAheadExcessLiquidity: excess,
    LookAheadInitMarginReq: initialMargin,
    LookAheadMaintMarginReq: maintenanceMargin,
    MaintMarginReq: maintenanceMargin,
    NetLiquidation: netLiquidation,
    PreviousEquityWithLoanValue: netLiquidation,
    SettledCash: cash,
    TotalCashValue: cash,
  };
  const ledger: Readonly<Record<string, number>> = {
    CashBalance: cash,
    NetLiquidationByCurrency: netLiquidation,
    RealizedPnL: realized,
    TotalCashBalance: cash,
    UnrealizedPnL: unrealized,
  };
  const { currency } = account;
  const plain = (key: string, value: string): AccountValue => ({ key, value, currency: '' });
  const amount = (key: string, value: number, of: string): AccountValue => ({
    key,
    value: value.toFixed(2),
    currency: of,
  });
  return [
    plain('AccountType', 'INDIVIDUAL'),
    plain('Cushion', netLiquidation > 0 ? String(Math.round((excess / netLiquidation) * 1e6) / 1e6) : '0'),
    plain('DayTradesRemaining', '-1'),
    plain('LookAheadNextChange', '0'),
    plain('Leverage', (netLiquidation > 0 ? grossValue / netLiquidation : 0).toFixed(2)),
    ...Object.entries(amounts).map(([key, value]) => amount(key, value, currency)),
    { key: 'Currency', value: 'BASE', currency: 'BASE' },
    ...Object.entries(ledger).map(([key, value]) => amount(key, value, 'BASE')),
    { key: 'Currency', value: currency, currency },
    ...Object.entries(ledger).map(([key, value]) => amount(key, value, currency)),
    { key: 'ExchangeRate', value: '1.00', currency },
  ];
};
