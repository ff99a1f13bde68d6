import { type Clock, systemClock } from '@mikrobot/core';
import type { SimulatedContract } from './contracts/contract.js';
import { ContractBook } from './contracts/contract-book.js';
import { contractHandlers } from './contracts/contract-handlers.js';
import { defaultContracts } from './contracts/default-contracts.js';
import { type ServedTws, type ServeOptions, serveTws } from './server/simulator.js';

/** What a simulated TWS is made of. */
export interface TwsOptions extends ServeOptions {
  /** Accounts of the login. Default: one, `DU1`. */
  readonly accounts?: readonly { readonly id: string }[] | undefined;
  /** What can be traded. Default: stocks, futures, forex and others of each kind. */
  readonly contracts?: Iterable<SimulatedContract> | undefined;
}

/** A simulated TWS that runs on loopback. */
export type TwsSimulator = ServedTws;

/**
 * Starts a TWS (or IB Gateway) on 127.0.0.1 that speaks the protocol of the API. No order ever leaves the machine.
 *
 * @example
 * ```ts
 * const tws = await startTws();
 * const adapter = interactiveBrokers({ port: tws.port, contracts: { NQ: future('NQ', { exchange: 'CME' }) } });
 * ```
 */
export const startTws = (options: TwsOptions = {}): Promise<TwsSimulator> => {
  const clock: Clock = options.clock ?? systemClock();
  const { accounts = [{ id: 'DU1' }], contracts = defaultContracts(clock.now()) } = options;
  const book = new ContractBook(contracts, clock);
  return serveTws(
    () => ({
      accounts: accounts.map(({ id }) => id),
      handlers: contractHandlers(book, clock),
      nextOrderId: () => 1,
      rollBackOrderIds: () => undefined,
    }),
    { ...options, clock },
  );
};
