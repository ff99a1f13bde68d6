import { contractHandlers } from '../contracts/contract-handlers.js';
import type { Handlers } from '../handler.js';
import { historyHandlers } from '../history/history-handlers.js';
import { Market, type MarketParts } from './market.js';
import { type MarketControls, marketControls } from './market-controls.js';
import { marketHandlers } from './market-handlers.js';

/** The rooms of contracts, market data and history, ready to be served. */
export interface TwsMarket {
  readonly handlers: Handlers;
  readonly controls: MarketControls;
  /** Ends all subscriptions and timers. */
  close(): void;
}

/**
 * Makes the rooms of contracts, market data and history.
 * @throws `MikroBotError` `UNKNOWN_INSTRUMENT` for history of a contract that is not there
 */
export const twsMarket = (parts: MarketParts): TwsMarket => {
  const market = new Market(parts);
  return {
    handlers: {
      ...contractHandlers(parts.book, parts.clock),
      ...marketHandlers(market),
      ...historyHandlers(market),
    },
    controls: marketControls(market),
    close: () => market.close(),
  };
};
