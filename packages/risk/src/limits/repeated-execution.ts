import type { Finding, OrderRequest, ParsedCommand } from '@mikrobot/core';
import * as z from 'zod';
import { definePolicy, type PolicyBody } from '../policy-definition.js';
import { iso } from './measure.js';
import { isRecent, remember } from './recent.js';

const NAME = 'repeatedExecution';

const settings = z.strictObject({
  executions: z.number().int().min(2).max(100).default(10).describe('equal orders that switch off, count'),
  within: z.number().positive().default(60_000).describe('the time in which they are counted, ms'),
});

const sentSchema = z.strictObject({
  at: z.number(),
  owner: z.string(),
  symbol: z.string(),
  side: z.enum(['buy', 'sell']),
  quantity: z.number(),
});
type Sent = z.output<typeof sentSchema>;

const stateSchema = z.strictObject({
  sent: z.array(sentSchema).readonly(),
  /** What switched each owner off. An owner is in it once: it sends no more. */
  off: z.array(sentSchema.extend({ times: z.number() })).readonly(),
});
type State = z.output<typeof stateSchema>;

const initial: State = { sent: [], off: [] };

const isEqual = (a: Sent, b: Sent): boolean =>
  a.owner === b.owner && a.symbol === b.symbol && a.side === b.side && a.quantity === b.quantity;

/** The owner that a person switches on again; undefined when the command is about something else, or nobody's. */
const enabled = (command: ParsedCommand): string | undefined => {
  if (command.do !== 'tell' || command.policy !== NAME || command.say !== 're-enable') return undefined;
  if (command.by.startsWith('policy:')) return undefined;
  return z.object({ owner: z.string() }).safeParse(command.data).data?.owner;
};

const enable = (state: State, owner: string): State =>
  state.off.some((other) => other.owner === owner)
    ? {
        sent: state.sent.filter((other) => other.owner !== owner),
        off: state.off.filter((other) => other.owner !== owner),
      }
    : state;

const describe = ({ times, side, quantity, symbol }: State['off'][number]): string =>
  `${times} x ${side} ${quantity} ${symbol}`;

/**
 * Switches a strategy off that keeps sending the same order (owner, symbol, side and lots), until a person switches it on again:
 * `{ do: 'tell', policy: 'repeatedExecution', say: 're-enable', data: { owner }, by, reason }`. Entries count when they are
 * approved, whatever becomes of them; of equal ones, `executions` pass within `within` ms, and after the last of them the owner
 * is off. Only a person can switch it on: a word of a policy (`by` begins with `policy:`) changes nothing. What it then
 * did before is forgotten.
 *
 * Source: repeated automated execution throttles, Commission Delegated Regulation (EU) 2017/589 (RTS 6), Article 15(3).
 */
export const repeatedExecution = /* @__PURE__ */ definePolicy({
  name: NAME,
  about: 'Switches a strategy off that keeps sending the same order, until a person switches it on again.',
  settings,
  codes: {
    REPEATED_EXECUTION:
      'The owner sent `executions` equal orders within `within` ms, and nobody has re-enabled it.',
  },
  tells: { 're-enable': 'Switches `data.owner` on again. Ignored when a policy says it.' },
  make: ({ executions, within }): PolicyBody<State> => {
    const count = (state: State, order: OrderRequest, at: number): State => {
      const { owner, symbol, side, quantity } = order;
      const item: Sent = { at, owner, symbol, side, quantity };
      const sent = remember(state.sent, item, within);
      const times = sent.filter((other) => isEqual(other, item) && isRecent(other, within, at)).length;
      const isOff = state.off.some((other) => other.owner === owner);
      return { sent, off: times < executions || isOff ? state.off : [...state.off, { ...item, times }] };
    };
    return {
      memory: {
        initial,
        schema: stateSchema,
        next(state, event, book) {
          if (event.type === 'sent' && event.order.purpose === 'enter')
            return count(state, event.order, book.now());
          if (event.type !== 'command') return state;
          const owner = enabled(event.command);
          return owner === undefined ? state : enable(state, owner);
        },
        alerts: (before, after) =>
          after.off
            .filter((now) => !before?.off.some(({ owner }) => owner === now.owner))
            .map(
              (now) => `${now.owner} sent ${describe(now)} and is switched off until a person re-enables it.`,
            ),
      },
      judge(_order, signal, _book, { off }): Finding | undefined {
        const found = off.find(({ owner }) => owner === signal.source);
        if (found === undefined) return undefined;
        return {
          code: 'REPEATED_EXECUTION',
          limit: executions,
          actual: `${describe(found)}, off since ${iso(found.at)}`,
        };
      },
    };
  },
});
