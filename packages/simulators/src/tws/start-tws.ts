import { systemClock } from '@mikrobot/core';
import type { SimulatedContract } from './contracts/contract.js';
import { ContractBook } from './contracts/contract-book.js';
import { defaultContracts } from './contracts/default-contracts.js';
import type { TwsAccountOptions } from './exchange/account.js';
import type { ExchangeControls } from './exchange/controls.js';
import type { TwsExchangeOptions } from './exchange/options.js';
import { TwsExchange } from './exchange/tws-exchange.js';
import type { MarketOptions } from './market/market.js';
import type { MarketControls } from './market/market-controls.js';
import { twsMarket } from './market/tws-market.js';
import { Sessions } from './server/sessions.js';
import { type ServedTws, type ServeOptions, serveTws } from './server/simulator.js';

/** What a simulated TWS is made of. */
export interface TwsOptions extends ServeOptions, MarketOptions, Omit<TwsExchangeOptions, 'accounts'> {
  /** Accounts of the login. Default: one, `DU1`, with 100000 USD. */
  readonly accounts?: readonly TwsAccountOptions[] | undefined;
  /** What can be traded. Default: contracts of each kind, such as AAPL, ES, NQ, EURUSD. */
  readonly contracts?: Iterable<SimulatedContract> | undefined;
}

/** A simulated TWS that runs on loopback. */
export interface TwsSimulator extends ServedTws {
  /** What moves the markets, what people do by hand, and what is so at the exchange whatever anybody was told. */
  readonly controls: MarketControls & ExchangeControls;
}

/**
 * Starts a TWS (or IB Gateway) on 127.0.0.1 that speaks the protocol of the API. No order ever leaves the machine.
 *
 * The market stands still until `controls.quote(...)` (or a replay of recorded bars) moves it.
 *
 * @example
 * ```ts
 * const tws = await startTws();
 * tws.controls.quote('NQ', 21_000, 21_000.25);
 * const adapter = interactiveBrokers({ port: tws.port, contracts: { NQ: future('NQ', { exchange: 'CME' }) } });
 * ```
 * @throws `MikroBotError` `BAD_CONFIG` for options that make no sense, `UNKNOWN_INSTRUMENT` for history of an unknown contract
 */
export const startTws = async (options: TwsOptions = {}): Promise<TwsSimulator> => {
  const clock = options.clock ?? systemClock();
  const sessions = new Sessions();
  const { accounts = [{ id: 'DU1' }], contracts = defaultContracts(clock.now()) } = options;
  const book = new ContractBook(contracts, clock);
  const exchange = new TwsExchange({ ...options, accounts }, { contracts: book, sessions, clock });
  const market = twsMarket({ ...options, book, clock, exchange });
  const served = await serveTws(
    {
      accounts: exchange.accounts,
      handlers: { ...market.handlers, ...exchange.handlers },
      nextOrderId: (clientId) => exchange.nextOrderId(clientId),
      rollBackOrderIds: (by) => exchange.rollBackOrderIds(by),
      refuseNextOrder: (code, text) => exchange.controls.refuseNext(code, text),
      onStart: (session) => exchange.onStart(session),
    },
    sessions,
    { ...options, clock },
  );
  const closeDoor = served.close;
  return Object.assign(served, {
    controls: { ...market.controls, ...exchange.controls },
    async close() {
      await closeDoor();
      market.close();
      exchange.close();
    },
  });
};
