import * as z from 'zod';
import { accountFigures } from './account-figures.js';
import * as f from './fields.js';
import {
  type DealRecord,
  dealRecord,
  type OrderRecord,
  orderRecord,
  type PositionRecord,
  positionRecord,
} from './records.js';
import type { RequestType } from './requests.js';
import { type BarRow, barRow, type SymbolRecord, symbolRecord } from './symbol-record.js';

const maybeRetcode = f.count
  .nullish()
  .transform((value) => value ?? 0)
  .meta({ wire: 'integer or null' });

/** Lines of the EA that carry `re`. */
export const replies = {
  pong: z.object({}),
  done: z.object({
    next: f.maybeServerTime.describe('Of `bars`: where to go on asking; null when there are no more.'),
  }),
  error: z.object({
    code: f.code,
    detail: f.maybeText,
  }),
  snapshot: z.object({
    asOfSeq: f.count.describe('Trade events up to this number are in it.'),
    complete: f.flag,
    account: accountFigures.meta({ wire: 'as in `account`' }),
    serverTime: f.serverTime,
  }),
  ack: z.object({ coid: f.coid }),
  result: z.object({
    coid: f.coid,
    outcome: f.word(['accepted', 'rejected', 'unknown']),
    code: f.code.describe('Of the table of return codes, or of the refusals of the EA.'),
    retcode: maybeRetcode.describe("The server's; 0 when nothing was sent."),
    order: f.maybeTicket,
    orders: z
      .array(f.ticket)
      .max(200)
      .nullish()
      .transform((value) => value ?? [])
      .meta({ wire: 'list of tickets, or null' })
      .describe('Of `closes`: all of them.'),
    deal: f.maybeTicket,
    volume: f.amount.describe('Lots that were taken.'),
    price: f.maybePrice,
    detail: f.maybeText,
    repeated: f.maybeFlag.describe('The stored result of an earlier request of this name.'),
  }),
  found: z.object({
    coid: f.coid,
    state: f
      .word(['pending', 'accepted', 'rejected', 'unknown'])
      .nullish()
      .transform((value) => value ?? undefined)
      .meta({ wire: '`pending` `accepted` `rejected` `unknown` or null' })
      .describe("Of the EA's journal; null when it does not have it."),
    retcode: maybeRetcode,
  }),
  absent: z.object({
    state: z
      .string()
      .max(40)
      .nullish()
      .transform((value) => value ?? undefined)
      .meta({ wire: 'as in `found`' }),
    code: z
      .string()
      .max(40)
      .nullish()
      .transform((value) => value ?? undefined)
      .meta({ wire: 'WORD or null' })
      .describe('Why the server refused it, where the journal knows.'),
    retcode: maybeRetcode,
  }),
  unknown: z.object({ detail: f.maybeText }),
} as const;

/** The name of a reply. */
export type ReplyType = keyof typeof replies;

type Reply<T extends ReplyType> = {
  readonly type: T;
  readonly data: Readonly<z.output<(typeof replies)[T]>>;
};

/** What an order command came to. */
export type ResultBody = Reply<'result'>['data'];

/** The last line of the reply to each request, if it is no `error`. */
export interface Answers {
  readonly ping: Reply<'pong'>;
  readonly symbols: Reply<'done'>;
  readonly subscribe: Reply<'done'>;
  readonly unsubscribe: Reply<'done'>;
  readonly snapshot: Reply<'snapshot'>;
  readonly bars: Reply<'done'>;
  readonly order: Reply<'result'>;
  readonly protect: Reply<'result'>;
  readonly modify: Reply<'result'>;
  readonly cancel: Reply<'result'>;
  readonly query: Reply<'found'> | Reply<'absent'> | Reply<'unknown'>;
}

/** Which replies end which request; `error` ends each. */
export const endings: { readonly [T in RequestType]: readonly Answers[T]['type'][] } = {
  ping: ['pong'],
  symbols: ['done'],
  subscribe: ['done'],
  unsubscribe: ['done'],
  snapshot: ['snapshot'],
  bars: ['done'],
  order: ['result'],
  protect: ['result'],
  modify: ['result'],
  cancel: ['result'],
  query: ['found', 'absent', 'unknown'],
};

/** Items of `part` lines by their kind. */
export const partItems = {
  symbol: symbolRecord,
  position: positionRecord,
  order: orderRecord,
  deal: dealRecord,
  bar: barRow,
} as const;

/** A kind of `part`. */
export type PartKind = keyof typeof partItems;

/** The items of a reply. */
export interface Parts {
  readonly symbol: readonly SymbolRecord[];
  readonly position: readonly PositionRecord[];
  readonly order: readonly OrderRecord[];
  readonly deal: readonly DealRecord[];
  readonly bar: readonly BarRow[];
}

/** A `part` line; its items are checked one by one, so that one that cannot be read does not take the others with it. */
export const part = z.object({
  kind: f.word(['symbol', 'position', 'order', 'deal', 'bar']),
  items: z.array(z.unknown()).meta({ wire: 'list' }),
});
