import { type BacktestResult, profitText } from '@mikrobot/backtest';
import { count, money, percent, signedAmount } from './format.js';

/** The figures of a run that a person wants first, as names and values. */
export const resultRows = (result: BacktestResult): readonly (readonly [string, string])[] => {
  const { account, costs, funnel, orders, performance, decisionsHash } = result;
  const { currency } = account;
  const { trades, drawdown } = performance;
  const factor = trades.profitFactor === null ? '' : `, profit factor ${trades.profitFactor.toFixed(2)}`;
  const won = trades.winRate === null ? '' : `: ${percent(trades.winRate)} won${factor}`;
  const parts = profitText(result, signedAmount);
  return [
    ['costs', costs.stated === 'none' ? 'NONE: no real account trades like this' : costs.name],
    [
      'signals',
      `${count(funnel.signals)}: ${count(funnel.executed)} executed, ${count(funnel.refused)} refused, ` +
        `${count(funnel.held)} held, ${count(funnel.unknown)} unknown`,
    ],
    ['fills', count(orders.fills)],
    ['trades', `${count(trades.trades)}${won}`],
    ['net profit', `${money(trades.net, currency)} of finished trades`],
    [
      'equity',
      `${money(account.startEquity, currency)} to ${money(account.endEquity, currency)}${parts && `: ${parts}`}`,
    ],
    ['max drawdown', `${percent(drawdown.fraction)}, ${money(drawdown.money, currency)}`],
    ['decisions hash', decisionsHash],
  ];
};
