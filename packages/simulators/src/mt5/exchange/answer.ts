import type { Quote } from '../market/market.js';
import { retcodeText } from '../retcodes.js';
import type { TradeResult } from './records.js';

/** The server's answer; what is not given is zero. */
export const answer = (
  code: number,
  quote: Quote | undefined,
  detail: Partial<TradeResult> = {},
): TradeResult => ({
  retcode: code,
  deal: 0,
  order: 0,
  volume: 0,
  price: 0,
  bid: quote?.bid ?? 0,
  ask: quote?.ask ?? 0,
  comment: retcodeText(code),
  external: 0,
  ...detail,
});
