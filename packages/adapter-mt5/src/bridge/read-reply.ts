import type { Envelope } from '../protocol/envelope.js';
import {
  endings,
  type PartKind,
  type Parts,
  part,
  partItems,
  type ReplyType,
  replies,
} from '../protocol/replies.js';
import type { RequestType } from '../protocol/requests.js';
import type { AskOutcome } from './terminal.js';

/** The outcome of any request. */
export type AnyOutcome = AskOutcome<RequestType>;

/** Items of one answer: far more than an account has, far less than memory. */
const MOST_ITEMS = 200_000;

/** A request, and what of its reply has come. */
export interface Asked {
  readonly type: RequestType;
  /** Of the order that it is about. */
  readonly coid: string | undefined;
  readonly parts: { readonly [K in PartKind]: unknown[] };
  items: number;
  dropped: number;
}

/** A reply that cannot be read: what was asked may have been done. */
export const unreadable = (detail: string): AnyOutcome => ({ outcome: 'lost', detail });

/**
 * Adds the items of a `part` line; those that cannot be read are left out and counted.
 * @returns how many; `'too many'` when the answer is given up
 */
export const addPart = (asked: Asked, d: Envelope['d']): number | 'too many' => {
  const checked = part.safeParse(d);
  if (!checked.success) {
    asked.dropped += 1;
    return 1;
  }
  const { kind, items } = checked.data;
  asked.items += items.length;
  if (asked.items > MOST_ITEMS) return 'too many';
  const before = asked.dropped;
  for (const item of items) {
    const one = partItems[kind].safeParse(item);
    if (one.success) asked.parts[kind].push(one.data);
    else asked.dropped += 1;
  }
  return asked.dropped - before;
};

/** Reads a reply that is no `part`. @returns `'ack'` for what is not its end */
export const readReply = (asked: Asked, { t, d }: Envelope): AnyOutcome | 'ack' => {
  if (!Object.hasOwn(replies, t)) return unreadable('the answer is of a type that is not known');
  const type = t as ReplyType;
  const checked = replies[type].safeParse(d);
  if (!checked.success) return unreadable(`the ${type} cannot be read`);
  const { data } = checked;
  if ('coid' in data && data.coid !== asked.coid) return unreadable(`the ${type} is of another order`);
  if (type === 'ack') return 'ack';
  if (type === 'error') {
    const { code, detail } = data as { readonly code: string; readonly detail: string };
    return { outcome: 'refused', code, detail };
  }
  if (!(endings[asked.type] as readonly string[]).includes(type))
    return unreadable(`a ${type} is no answer to ${asked.type}`);
  const answer = { type, data } as unknown as Extract<AnyOutcome, { outcome: 'answer' }>['answer'];
  return {
    outcome: 'answer',
    answer,
    parts: asked.parts as unknown as Parts,
    dropped: asked.dropped,
  };
};
