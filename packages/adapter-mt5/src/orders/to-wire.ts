import type { OrderRequest, Quote } from '@mikrobot/core';
import { type Instrument, roundPrice } from '@mikrobot/core';
import type { Requests } from '../protocol/requests.js';
import type { ServerTime } from '../server-time.js';
import { tidy } from './lots.js';
import type { LegName } from './names.js';

/** What an order needs beside its request. */
export interface WireTerms {
  readonly time: ServerTime;
  /** Points that a market order may slip. */
  readonly deviation: number;
  readonly magic: string;
  /** Epoch ms of this machine, after which the expert advisor no longer sends it. */
  readonly expiresAt: number;
  readonly levels: Readonly<Record<LegName, number | undefined>>;
  /** Positions that it closes; null where it may open. */
  readonly closes: { position: string; volume: number }[] | null;
}

const kinds = { market: 'market', limit: 'limit', stop: 'stop' } as const;

/** The order as the expert advisor is given it. The type is one of those that are declared. */
export const orderBody = (request: OrderRequest, terms: WireTerms): Requests['order'] => {
  const { id, symbol, side, quantity, price, timeInForce, goodTill } = request;
  const { time, levels, closes } = terms;
  const type = request.type as keyof typeof kinds;
  return {
    coid: id,
    kind: kinds[type],
    symbol,
    side,
    // Less may be open than was to be closed.
    volume: closes === null ? quantity : tidy(closes.reduce((lots, { volume }) => lots + volume, 0)),
    price: price ?? null,
    stopLimit: null,
    sl: levels.stop ?? null,
    tp: levels.target ?? null,
    deviation: terms.deviation,
    tif: type === 'market' || timeInForce === 'GTC' ? 'GTC' : (timeInForce as 'DAY' | 'GTD'),
    goodTill: goodTill === undefined ? null : time.toServer(goodTill),
    magic: terms.magic,
    expiresAt: terms.expiresAt,
    closes,
  };
};

/**
 * The levels that an entry is sent with. A stop that trails begins where it would be if the entry filled at its price or at the market:
 * core moves it from there.
 */
export const levelsFor = (
  { bracket, side, price }: OrderRequest,
  instrument: Instrument | undefined,
  quote: Quote | undefined,
): Readonly<Record<LegName, number | undefined>> => {
  const { stop, target, trail } = bracket ?? {};
  if (stop !== undefined || trail === undefined) return { stop, target };
  const from = price ?? (side === 'buy' ? quote?.ask : quote?.bid);
  if (from === undefined || instrument === undefined) return { stop, target };
  const trailed = side === 'buy' ? from - trail : from + trail;
  return { stop: roundPrice(instrument, trailed, side === 'buy' ? 'down' : 'up'), target };
};
