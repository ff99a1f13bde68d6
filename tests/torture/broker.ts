import { binanceFutures, binanceSpot } from '@mikrobot/adapter-binance';
import { forex, future, interactiveBrokers } from '@mikrobot/adapter-ib';
import { metatrader5, mt5Bridge } from '@mikrobot/adapter-mt5';
import type { BrokerAdapter } from '@mikrobot/core';
import * as z from 'zod';
import { adapterWith } from './bugs.js';
import type { childOptionsSchema } from './child-options.js';
import { plant } from './planted.js';
import { binanceAtSchema } from './venue/binance/at.js';
import { botKey, listing } from './venue/binance/listing.js';
import { twsAtSchema } from './venue/ib/at.js';
import { listing as tws } from './venue/ib/listing.js';
import { mt5AtSchema } from './venue/mt5/at.js';
import { LOGIN, listing as mt5, runsOf, SECRET } from './venue/mt5/listing.js';
import { sentAtOnce, sentByFetch, sentByFrames, sentByLines, type WhenSent } from './when-sent.js';

/** A broker for a bot of the kill test. */
export interface Broker {
  readonly adapter: BrokerAdapter;
  /** Number of the venue's last order event that it told; 0 where nobody numbers them. */
  readonly seen: () => number;
  readonly whenSent: WhenSent;
  /** Whose strategies trade what. */
  readonly runs: readonly { readonly owner: string; readonly symbol: string }[];
}

/** Ms after its timestamp that a request is taken: what did not arrive by then is soon known to be absent. */
const WINDOW = 500;

/** The broker of a bot, with a bug if one is planted. */
export const brokerOf = ({ venue, at, bracket, bug }: z.output<typeof childOptionsSchema>): Broker => {
  if (venue === 'toy') {
    const keeps = bracket === 'native' ? 'native' : 'none';
    const adapter = adapterWith(bug, { ...z.object({ port: z.number() }).parse(at), bracket: keeps });
    const runs = [
      { owner: 'ada', symbol: 'EURUSD' },
      // Two ledgers under one net only where core keeps the brackets: a venue's own follow the net.
      ...(bracket === 'none' ? [{ owner: 'bob', symbol: 'EURUSD' }] : []),
      { owner: 'cy', symbol: 'USDJPY' },
    ];
    return { adapter, seen: () => adapter.seen, whenSent: sentAtOnce, runs };
  }
  if (venue === 'ib') {
    const adapter = interactiveBrokers({
      ...twsAtSchema.parse(at),
      clientId: 7,
      contracts: { ES: future('ES', { exchange: 'CME' }), EURUSD: forex('EURUSD') },
      answerTimeout: WINDOW,
      absentAfter: WINDOW,
    });
    plant(bug, adapter);
    return { adapter, seen: () => 0, whenSent: sentByFrames(), runs: tws };
  }
  if (venue === 'mt5') {
    const hedging = bracket === 'native';
    const adapter = metatrader5({
      bridge: mt5Bridge({ ...mt5AtSchema.parse(at), secrets: { get: () => SECRET } }),
      account: String(LOGIN),
      mode: hedging ? 'hedging' : 'netting',
      symbols: mt5.map(({ symbol }) => symbol),
      submitWithin: WINDOW,
      answerTimeout: 2 * WINDOW,
    });
    plant(bug, adapter);
    return { adapter, seen: () => 0, whenSent: sentByLines(), runs: runsOf(hedging) };
  }
  const keys: Readonly<Record<string, string>> = {
    BINANCE_API_KEY: botKey.apiKey,
    BINANCE_SECRET: botKey.secret,
  };
  const open = venue === 'binance-spot' ? binanceSpot : binanceFutures;
  const adapter = open({
    environment: binanceAtSchema.parse(at),
    symbols: listing.map(({ symbol }) => symbol),
    secrets: { get: (name) => keys[name] },
    recvWindow: WINDOW,
    absentAfter: WINDOW,
  });
  plant(bug, adapter);
  return { adapter, seen: () => 0, whenSent: sentByFetch(), runs: listing };
};
