import { type OrderRequest, opposite, sign } from '@mikrobot/core';
import type { JournalFacts } from './facts.js';
import { isStop, type Sent, stopsOf, type Traded } from './venue/record.js';
import type { VenueTruth } from './venue/truth.js';
import type { View } from './view.js';

const EPSILON = 1e-6;

/** Everything that a venue told of since it began. */
export interface VenueHistory {
  readonly sent: readonly Sent[];
  readonly trades: readonly Traded[];
}

const same = (a: number | undefined, b: number | undefined): boolean =>
  Math.abs((a ?? 0) - (b ?? 0)) < EPSILON;

const differences = (
  what: string,
  ours: Readonly<Record<string, number>>,
  theirs: Readonly<Record<string, number>>,
): readonly string[] =>
  [...new Set([...Object.keys(ours), ...Object.keys(theirs)])]
    .filter((key) => !same(ours[key], theirs[key]))
    .map((key) => `${what}: ${key} is ${ours[key] ?? 0} for the bot and ${theirs[key] ?? 0} at the venue`);

/** The legs of an entry are approved with it: as large, and of the other side. */
const intentOf = (
  intent: OrderRequest | undefined,
  legOf: string | undefined,
): Pick<OrderRequest, 'symbol' | 'side' | 'quantity'> | undefined =>
  intent === undefined || legOf === undefined ? intent : { ...intent, side: opposite(intent.side) };

const isLegOf = (id: string, entry: string): boolean => id === `${entry}s` || id === `${entry}t`;

/** What must hold at every moment, also right after a kill: nothing reached the venue twice, or without an intent on record. */
export const judgeAlways = (history: VenueHistory, facts: JournalFacts): readonly string[] => {
  const faults = [...facts.flaws];
  const seen = new Set<string>();
  for (const { id, request } of history.sent) {
    if (seen.has(id)) faults.push(`sent twice: order ${id}`);
    seen.add(id);
    const { legOf } = request;
    const intent = intentOf(facts.orders.get(legOf ?? id)?.request, legOf);
    if (intent === undefined || (legOf !== undefined && !isLegOf(id, legOf)))
      faults.push(`no intent: order ${id} reached the venue, and the journal knows of none`);
    else if (
      intent.side !== request.side ||
      intent.quantity !== request.quantity ||
      intent.symbol !== request.symbol
    )
      faults.push(`other intent: order ${id} is ${intent.side} ${intent.quantity} in the journal`);
  }
  for (const [signal, count] of facts.decisions)
    if (count > 1) faults.push(`decided twice: signal ${signal} has ${count} decisions`);
  return faults;
};

/**
 * Orders that were answered to be accepted, and never reached the venue.
 * @param legs - whether stops and targets are orders of their own
 */
export const judgeAccepted = (
  history: VenueHistory,
  facts: JournalFacts,
  legs: boolean,
): readonly string[] => {
  const sent = new Set(history.sent.map(({ id }) => id));
  return [...facts.orders]
    .filter(
      ([id, { accepted, request }]) => accepted && (legs || request.purpose !== 'protect') && !sent.has(id),
    )
    .map(([id]) => `never sent: order ${id} is accepted in the journal, and never reached the venue`);
};

/** Lots by ledger as the trades on record add up, whatever the bot says. */
const ledgersOf = ({ trades }: VenueHistory, facts: JournalFacts): Record<string, number> => {
  const ledgers: Record<string, number> = {};
  for (const { owner, fill } of trades) {
    if (!facts.trades.has(`${fill.id}|${fill.tradeId}`)) continue;
    const key = `${owner}|${fill.symbol}`;
    ledgers[key] = (ledgers[key] ?? 0) + sign(fill.side) * fill.quantity;
  }
  return ledgers;
};

const judgeWorking = (truth: VenueTruth, view: View): readonly string[] => {
  const theirs = new Map(truth.snapshot.orders.map((order) => [order.id, order]));
  const ours = new Map(view.working.map((order) => [order.id, order]));
  const faults: string[] = [];
  for (const [id, { state, filled }] of ours) {
    const order = theirs.get(id);
    if (order === undefined)
      faults.push(`working: order ${id} is ${state} for the bot and ended at the venue`);
    else if (!same(order.filled, filled))
      faults.push(`working: ${filled} lots of ${id} are filled for the bot and ${order.filled} at the venue`);
  }
  for (const id of theirs.keys())
    if (!ours.has(id)) faults.push(`working: order ${id} works at the venue and the bot does not know it`);
  return faults;
};

/** Every position has stops of just its size, where the bot wants them. */
const judgeProtection = ({ ledgers, owners, snapshot }: VenueTruth, view: View): readonly string[] => {
  const faults: string[] = [];
  const stops = stopsOf(snapshot.orders, (id) => owners[id] ?? '(nobody)');
  for (const [key, lots] of Object.entries(ledgers)) {
    const guarded = stops.get(`${key}|${lots > 0 ? 'sell' : 'buy'}`) ?? 0;
    if (!same(guarded, Math.abs(lots)))
      faults.push(`protection: ${key} holds ${lots} and has stops for ${guarded}`);
    const own = snapshot.orders.filter(
      (order) => isStop(order.id) && `${owners[order.id]}|${order.symbol}` === key,
    );
    // A stop that the venue trails moves without a word.
    if (own.some(({ type }) => type === 'trailing-stop')) continue;
    const at = own.map((order) => order.price ?? 0).sort();
    const wanted = [...(view.stops[key] ?? [])].sort();
    if (at.length !== wanted.length || at.some((price, i) => !same(price, wanted[i])))
      faults.push(`protection: the stops of ${key} are at ${at} and wanted at ${wanted}`);
  }
  for (const key of stops.keys()) {
    const [owner, symbol, side] = key.split('|');
    const lots = ledgers[`${owner}|${symbol}`] ?? 0;
    if (side === 'sell' ? lots <= 0 : lots >= 0) faults.push(`protection: stops of ${key} protect nothing`);
  }
  return faults;
};

/** What must hold once the bot has come to rest: it, the journal and the venue agree. */
export const judgeAtRest = (
  truth: VenueTruth,
  view: View,
  history: VenueHistory,
  facts: JournalFacts,
  now: number,
): readonly string[] => {
  const faults: string[] = [];
  if (view.state !== 'active')
    faults.push(`state: the bot is ${view.state} (${view.halted ?? 'not halted'})`);
  if (view.inFlight) faults.push('in flight: the bot waits for an order for too long');
  if (view.seen !== truth.events && view.seen > 0)
    faults.push(`events: the bot saw ${view.seen} of ${truth.events}`);
  faults.push(...differences('ledger', view.ledgers, truth.ledgers));
  faults.push(...differences('journal', ledgersOf(history, facts), truth.ledgers));
  const net = Object.fromEntries(truth.snapshot.positions.map(({ symbol, quantity }) => [symbol, quantity]));
  faults.push(...differences('net', view.net, net));
  for (const { fill } of history.trades)
    if (!facts.trades.has(`${fill.id}|${fill.tradeId}`))
      faults.push(`lost: trade ${fill.tradeId} of order ${fill.id}`);
  faults.push(...judgeWorking(truth, view), ...judgeProtection(truth, view));
  for (const [signal, count] of facts.decisions) if (count === 0) faults.push(`undecided: signal ${signal}`);
  for (const [signal, until] of facts.held)
    if (until > now + 1_000 && !view.waiting.includes(signal))
      faults.push(`held: signal ${signal} waits no more`);
  return faults;
};
