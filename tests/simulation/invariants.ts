import {
  type Bot,
  type Entry,
  type MemoryJournal,
  type OrderReport,
  type OrderRequest,
  sideOf,
  verifyChain,
} from '@mikrobot/core';
import type { Plan } from './plan.js';
import type { VenueRecord } from './venue.js';

const near = (a: number, b: number, by: number): boolean => Math.abs(a - b) <= by;

const twice = (ids: readonly string[]): readonly string[] => {
  const seen = new Set<string>();
  return ids.filter((id) => seen.size === seen.add(id).size);
};

const dataOf = <T>(entries: readonly Entry[], kind: Entry['kind']): readonly T[] =>
  entries.filter((entry) => entry.kind === kind).map(({ data }) => data as T);

/** Orders: none twice, none without an intent, and every intent is accounted for. */
function* orderFaults({ heard, taken }: VenueRecord, entries: readonly Entry[]): Generator<string> {
  for (const id of twice(heard.map(({ id }) => id))) yield `order ${id} was sent twice`;
  // Cancels and amendments are of orders that have their own intent; an adjustment moves legs and is no order itself.
  const intents = dataOf<OrderRequest & { command?: string }>(entries, 'out:intent').filter(
    ({ command, purpose, bracket }) =>
      command === undefined && !(purpose === 'protect' && bracket !== undefined),
  );
  const intended = new Set(intents.map(({ id }) => id));
  for (const id of twice(intents.map(({ id }) => id))) yield `order ${id} was intended twice`;
  for (const { id } of heard) if (!intended.has(id)) yield `order ${id} is at the venue without an intent`;
  const ended = new Set<string>();
  for (const kind of ['in:order', 'out:order'] as const) {
    for (const { id, type, code } of dataOf<{ id: string; type: string; code?: string }>(entries, kind)) {
      if (type === 'rejected') ended.add(id);
      if (code === 'ABSENT' && taken.has(id)) yield `order ${id} was given up as absent and is at the venue`;
    }
  }
  for (const { id, answer } of dataOf<{ id: string; answer: { outcome: string } }>(entries, 'in:answer'))
    if (answer.outcome === 'rejected') ended.add(id);
  const refused = new Set(
    dataOf<{ signal: string; outcome: string }>(entries, 'out:decision')
      .filter(({ outcome }) => outcome === 'refused')
      .map(({ signal }) => signal),
  );
  const signalOf = (id: string): string => id.slice(0, id.lastIndexOf('-'));
  for (const id of intended) {
    if (!taken.has(id) && !ended.has(id) && !refused.has(signalOf(id)))
      yield `the intent ${id} is neither at the venue nor proven absent or rejected`;
  }
}

/** Signals: each one decision. */
function* signalFaults(entries: readonly Entry[]): Generator<string> {
  const signals = dataOf<{ id: string }>(entries, 'out:signal').map(({ id }) => id);
  const decided = dataOf<{ signal: string }>(entries, 'out:decision').map(({ signal }) => signal);
  for (const id of twice(signals)) yield `signal ${id} was raised twice`;
  for (const id of twice(decided)) yield `signal ${id} was decided twice`;
  const all = new Set(decided);
  for (const id of signals) if (!all.has(id)) yield `signal ${id} was never decided`;
}

/** The protective stop of an entry, whichever attempt it is: a signal may be numbered `es`, so only the end of the id tells. */
const isStop = (id: string, type: string): boolean =>
  /-es[0-9a-z]*$/.test(id) && (type === 'stop' || type === 'trailing-stop');

const ownersOf = (heard: readonly OrderRequest[]): ReadonlyMap<string, string> => {
  const owners = new Map<string, string>();
  for (const { id, owner } of heard) {
    owners.set(id, owner);
    // Legs that the venue keeps are its own, under the entry's id.
    owners.set(`${id}s`, owner);
    owners.set(`${id}t`, owner);
  }
  return owners;
};

/** Every open lot of a ledger has a stop that works, and no stop works for lots that are not open. */
function* protectionFaults(
  { runs, stops, against }: Plan,
  heard: readonly OrderRequest[],
  orders: readonly OrderReport[],
  { book }: Bot,
): Generator<string> {
  const owners = ownersOf(heard);
  for (const { name, symbol } of runs) {
    const held = book.position(symbol, name).quantity;
    const mine = orders.filter(({ id, type }) => owners.get(id) === name && isStop(id, type));
    const guards = mine.filter(({ side }) => held !== 0 && side !== sideOf(held));
    const guarded = guards.reduce((sum, { quantity, filled }) => sum + quantity - filled, 0);
    const said = `${name}: ${held} lots of ${symbol} are guarded by stops of ${guarded}`;
    if (stops && guarded < Math.abs(held) - 1e-8) yield said;
    // An entry against its own ledger leaves more stops than lots, by design: each guards its own entry.
    if (against) continue;
    if (guarded > Math.abs(held) + 1e-8) yield said;
    if (guards.length < mine.length) yield `${name}: a stop of ${held} lots would add to them`;
  }
}

/** Books: ledgers, working orders, protection and money as the venue has them. */
async function* bookFaults(plan: Plan, record: VenueRecord, bot: Bot): AsyncGenerator<string> {
  const { positions, orders, account } = await record.truth();
  const { book, desk } = bot;
  for (const symbol of ['EURUSD', 'GBPUSD']) {
    const net = positions.filter((p) => p.symbol === symbol).reduce((sum, p) => sum + p.quantity, 0);
    const booked = book.position(symbol).quantity;
    if (!near(booked, net, 1e-8)) yield `${symbol}: the books say ${booked} lots, the venue ${net}`;
    const ledgers = book.owners(symbol).reduce((sum, { position }) => sum + position.quantity, 0);
    if (!near(ledgers, booked, 1e-8)) yield `${symbol}: ledgers add up to ${ledgers}, not to ${booked}`;
  }
  const balance = book.account().balance;
  if (!near(balance, account.balance, 1e-6))
    yield `the books say a balance of ${balance}, the venue ${account.balance}`;
  const working = new Map([...desk.orders.working()].map((order) => [order.request.id, order]));
  for (const { id } of orders) if (!working.has(id)) yield `order ${id} works and the bot does not know it`;
  const atVenue = new Set(orders.map(({ id }) => id));
  for (const [id, { state }] of working) {
    if (!atVenue.has(id)) yield `order ${id} is ${state} in the books and does not work at the venue`;
    if (state === 'unknown' || state === 'submitted' || state === 'intended') yield `order ${id} is ${state}`;
  }
  yield* protectionFaults(plan, record.heard, orders, bot);
}

/** Everything that must hold once faults are over, the line is healed and the bot is quiet. Gives what does not. */
export const violations = async (
  plan: Plan,
  record: VenueRecord,
  bot: Bot,
  journal: MemoryJournal,
): Promise<readonly string[]> => {
  const entries = journal.entries();
  const found = [...orderFaults(record, entries), ...signalFaults(entries)];
  for await (const fault of bookFaults(plan, record, bot)) found.push(fault);
  try {
    verifyChain(journal.lines(), journal.head());
  } catch (error) {
    found.push(`the journal's chain is broken: ${String(error)}`);
  }
  return found;
};
