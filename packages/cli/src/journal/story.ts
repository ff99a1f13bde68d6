import type {
  Decision,
  Entry,
  Fill,
  OrderEvent,
  OrderRequest,
  PolicyVerdict,
  Refusal,
  Signal,
  Trade,
} from '@mikrobot/core';
import { type OrderStory, orderStory } from './order-story.js';

/** What a decision's entry holds: the signal and the order by their ids. */
interface DecisionRecord {
  readonly signal: string;
  readonly outcome: Decision['outcome'];
  readonly time: number;
  readonly verdicts: readonly PolicyVerdict[];
  readonly order?: string;
  readonly refusal?: Refusal;
  readonly until?: number;
  readonly detail?: string;
}

/** A person's word on a held signal. */
export interface Word {
  readonly seq: number;
  /** Epoch ms. */
  readonly at: number;
  readonly do: 'approve' | 'reject';
  readonly by: string;
}

/** What became of one signal. */
export interface SignalStory {
  readonly seq: number;
  readonly signal: Signal;
  /** Undefined when the journal ends before it. */
  readonly decision: (Decision & { readonly seq: number }) | undefined;
  /** What people said while it was held. */
  readonly words: readonly Word[];
  /** The signal's own order first, then the legs of its bracket. */
  readonly orders: readonly OrderStory[];
}

/** A signal with the one that it answers and those that answer it, in the order in which they arose. */
export interface Story {
  readonly signals: readonly SignalStory[];
  /** Orders that the venue told of and no signal of this journal led to. */
  readonly strays: readonly OrderStory[];
  /** Round trips to which its fills belong, as far as they are finished. */
  readonly trades: readonly Trade[];
}

/** The id of the signal that an order came from: what stands before the last dash. */
export const signalOf = (order: string): string => order.slice(0, Math.max(0, order.lastIndexOf('-')));

/** The order that an entry is about; undefined for others. */
const orderOf = ({ kind, data }: Entry): string | undefined =>
  kind === 'out:intent' || kind === 'in:answer' || kind === 'in:order' || kind === 'out:order'
    ? (data as { readonly id?: string }).id
    : undefined;

const decisionOf = (
  signal: Signal,
  entries: readonly Entry[],
  requests: ReadonlyMap<string, OrderRequest>,
): SignalStory['decision'] => {
  const entry = entries.find(
    ({ kind, data }) => kind === 'out:decision' && (data as DecisionRecord).signal === signal.id,
  );
  if (entry === undefined) return undefined;
  const { order = '', ...record } = entry.data as DecisionRecord;
  const decision = { ...record, kind: 'decision', seq: entry.seq, signal, order: requests.get(order) };
  return decision as Decision & { readonly seq: number };
};

const wordsOn = (id: string, entries: readonly Entry[]): readonly Word[] =>
  entries.flatMap(({ seq, at, kind, data }) => {
    const word = data as { readonly do: Word['do']; readonly signal: string; readonly by: string };
    const answers = kind === 'in:command' && (word.do === 'approve' || word.do === 'reject');
    return answers && word.signal === id ? [{ seq, at, do: word.do, by: word.by }] : [];
  });

/** Puts the entries of one story together. @param entries - in their order */
export const storyOf = (entries: readonly Entry[]): Story => {
  const byOrder = new Map<string, Entry[]>();
  const requests = new Map<string, OrderRequest>();
  for (const entry of entries) {
    const id = orderOf(entry);
    if (id === undefined) continue;
    byOrder.set(id, [...(byOrder.get(id) ?? []), entry]);
    if (entry.kind === 'out:intent' && 'purpose' in (entry.data as object))
      requests.set(id, entry.data as OrderRequest);
  }
  const ordersOf = (signal: string): readonly OrderStory[] =>
    [...byOrder]
      .filter(([id]) => signalOf(id) === signal)
      .map(([id, about]) => orderStory(id, requests.get(id), about));
  const raised = entries.filter(({ kind }) => kind === 'out:signal');
  const signals = raised.map(({ seq, data }) => {
    const signal = data as Signal;
    return {
      seq,
      signal,
      decision: decisionOf(signal, entries, requests),
      words: wordsOn(signal.id, entries),
      orders: ordersOf(signal.id),
    };
  });
  const known = new Set(signals.map(({ signal }) => signal.id));
  const strays = [...byOrder.keys()].filter((id) => !known.has(signalOf(id)));
  return {
    signals,
    strays: strays.map((id) => orderStory(id, requests.get(id), byOrder.get(id) ?? [])),
    trades: entries.filter(({ kind }) => kind === 'out:trade').map(({ data }) => data as Trade),
  };
};

/** A fill with the number of its entry. */
export interface NumberedFill {
  readonly seq: number;
  readonly fill: Extract<OrderEvent, { readonly type: 'fill' }>;
  readonly owner: Fill['owner'];
}

/** The fills of a story, in their order. */
export const fillsOf = (story: Story, entries: readonly Entry[]): readonly NumberedFill[] => {
  const owners = new Map(story.signals.map(({ signal }) => [signal.id, signal.source]));
  return entries.flatMap((entry) => {
    const event = entry.data as OrderEvent;
    const owner = owners.get(signalOf(orderOf(entry) ?? ''));
    const isEvent = entry.kind === 'in:order' || entry.kind === 'out:order';
    return isEvent && event.type === 'fill' && owner !== undefined
      ? [{ seq: entry.seq, fill: event, owner }]
      : [];
  });
};

/**
 * Looks for the round trips to which fills belong: the exit may be another signal's, so the journal is read on from there.
 * @param entries - from the first fill on
 */
export const tradesOf = (fills: readonly NumberedFill[], entries: Iterable<Entry>): readonly Trade[] => {
  const missing = new Set(fills);
  const trades: Trade[] = [];
  if (missing.size === 0) return trades;
  for (const { kind, data } of entries) {
    if (kind !== 'out:trade') continue;
    const trade = data as Trade;
    const mine = [...missing].filter(
      ({ owner, fill }) =>
        owner === trade.owner &&
        fill.symbol === trade.symbol &&
        trade.opened <= fill.time &&
        fill.time <= trade.closed,
    );
    if (mine.length === 0) continue;
    trades.push(trade);
    for (const fill of mine) missing.delete(fill);
    if (missing.size === 0) break;
  }
  return trades;
};
