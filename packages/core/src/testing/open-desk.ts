import { of } from 'rxjs';
import { Desk } from '../execution/desk.js';
import type { Decision } from '../model/decision.js';
import { sideOf } from '../model/side.js';
import type { Signal } from '../model/signal.js';
import type { ApprovedOrder } from '../risk/approved-order.js';
import { assess } from '../risk/assess.js';
import type { RiskPolicy } from '../risk/policy.js';
import { requestWith, signalWith } from './samples.js';
import { ScriptedVenue } from './scripted-venue.js';

/** A desk without a bot around it; the market stands at 1.1 / 1.1001. */
export interface OpenDesk {
  readonly desk: Desk;
  readonly venue: ScriptedVenue;
  /** What risk says of a signal that is new: each has its own id. */
  assess(over?: Partial<Signal>, policies?: readonly RiskPolicy[]): ApprovedOrder | Decision;
  /** Gives an owner so many signed lots, by a trade at 1.1. */
  trade(lots: number, owner?: string): void;
  /** Books a trade of an order that was approved. */
  fill(order: ApprovedOrder, lots: number): void;
}

/** Opens a desk on a scripted venue. */
export const openDesk = (venue: ScriptedVenue = new ScriptedVenue()): OpenDesk => {
  const desk = new Desk({ adapter: venue, exclusive: new Set(['EURUSD']) });
  desk.open(venue.instruments(), venue.snapshot());
  desk.markets.watch('EURUSD', []);
  venue.tick(1.1);
  let signals = 0;
  let trades = 0;
  const book = (id: string, owner: string, signed: number): void => {
    const { purpose, symbol } = requestWith();
    desk.book.fill({
      type: 'fill',
      id,
      symbol,
      owner,
      purpose,
      signal: 's',
      time: desk.clock.now(),
      tradeId: `t${trades++}`,
      side: sideOf(signed) ?? 'buy',
      quantity: Math.abs(signed),
      price: 1.1,
      remaining: 0,
      commission: 0,
      profit: 0,
    });
  };
  return {
    desk,
    venue,
    assess(over = {}, policies = []) {
      const signal = signalWith({ id: `mem0-0abc-${signals++}`, ...over });
      let result: ApprovedOrder | Decision | undefined;
      of({ kind: 'valid' as const, signal })
        .pipe(assess(policies, desk))
        .subscribe((r) => {
          result = r;
        });
      if (result === undefined) throw new Error('assess() must be synchronous');
      return result;
    },
    trade: (lots, owner = 'test:EURUSD') => book('by hand', owner, lots),
    fill: ({ request }, lots) => book(request.id, request.owner, request.side === 'buy' ? lots : -lots),
  };
};
