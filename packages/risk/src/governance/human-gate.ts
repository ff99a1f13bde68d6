import type { Finding, ParsedCommand, RiskEvent } from '@mikrobot/core';
import * as z from 'zod';
import { definePolicy, type PolicyBody } from '../policy-definition.js';

const NAME = 'humanGate';
/** Owners that are counted at once: the entries of any further one stay held. */
const MOST_OWNERS = 1_000;
/** Entries of one owner that are filled in part at once; the count of trades bounds it too. */
const MOST_PARTIAL = 100;

const settings = z.strictObject({
  trades: z
    .int()
    .min(1)
    .max(100_000)
    .default(10)
    .describe('first trades of a strategy that a person decides on, count'),
  hold: z
    .number()
    .positive()
    .max(86_400_000)
    .default(900_000)
    .describe('how long an entry waits for a yes, ms'),
});

const ownerSchema = z.strictObject({
  /** Entries that filled, in whole or in part. */
  entered: z.int().min(0),
  /** Ids of entries that are counted and still working. */
  partial: z.array(z.string()).readonly(),
});
const stateSchema = z.strictObject({
  owners: z.array(ownerSchema.extend({ owner: z.string() })).readonly(),
});

/** What {@link humanGate} remembers: the trades that each strategy entered. */
export type HumanGateState = z.output<typeof stateSchema>;
type Counted = HumanGateState['owners'][number];

const countedFor = (state: HumanGateState, owner: string): Counted =>
  state.owners.find((o) => o.owner === owner) ?? { owner, entered: 0, partial: [] };

const withCounted = (state: HumanGateState, counted: Counted): HumanGateState => {
  const others = state.owners.filter(({ owner }) => owner !== counted.owner);
  return others.length === MOST_OWNERS ? state : { owners: [...others, counted] };
};

/** An order that fills in parts is one trade: its id is kept while parts are to come. */
const filled = (
  state: HumanGateState,
  { fill }: Extract<RiskEvent, { type: 'fill' }>,
  trades: number,
): HumanGateState => {
  if (fill.purpose !== 'enter') return state;
  const before = countedFor(state, fill.owner);
  const known = before.partial.includes(fill.id);
  if (before.entered >= trades && !known) return state;
  const others = before.partial.filter((id) => id !== fill.id);
  const partial = fill.remaining > 0 ? [...others, fill.id].slice(-MOST_PARTIAL) : others;
  if (known && partial.length === before.partial.length) return state;
  return withCounted(state, { ...before, entered: before.entered + (known ? 0 : 1), partial });
};

const ended = (state: HumanGateState, { order }: Extract<RiskEvent, { type: 'ended' }>): HumanGateState => {
  const before = countedFor(state, order.owner);
  if (!before.partial.includes(order.id)) return state;
  return withCounted(state, { ...before, partial: before.partial.filter((id) => id !== order.id) });
};

const dataSchema = z.object({ owner: z.string() });

const told = (state: HumanGateState, command: ParsedCommand): HumanGateState => {
  if (command.do !== 'tell' || command.policy !== NAME || command.say !== 'reset') return state;
  const owner = dataSchema.safeParse(command.data).data?.owner;
  const kept = owner === undefined ? [] : state.owners.filter((o) => o.owner !== owner);
  return kept.length === state.owners.length ? state : { owners: kept };
};

/**
 * Holds the first trades of each strategy for a person, as a beginner's trades are looked at by a senior. A trade counts when its
 * entry filled, in whole or in part; what was refused, rejected or never filled does not. A yes lets one entry pass; that the yes
 * comes from the right person with a one-time code is the business of the command port's guard. A person's own signals pass: a
 * person decided on them already.
 */
export const humanGate = /* @__PURE__ */ definePolicy({
  name: NAME,
  about: 'Holds the first trades of each strategy until a person approves them.',
  settings,
  codes: { FIRST_TRADES: 'The strategy has entered fewer than `trades` trades so far, so a person decides.' },
  tells: {
    reset: 'The strategy named in `data.owner` begins again at 0 trades; without `data`, all of them do.',
  },
  make: ({ trades, hold }): PolicyBody<HumanGateState> => ({
    memory: {
      initial: { owners: [] },
      schema: stateSchema,
      next(state, event) {
        if (event.type === 'fill') return filled(state, event, trades);
        if (event.type === 'ended') return ended(state, event);
        return event.type === 'command' ? told(state, event.command) : state;
      },
    },
    judge(_order, signal, _book, state): Finding | undefined {
      if (signal.origin === 'person' && signal.approval === undefined) return undefined;
      const { entered } = countedFor(state, signal.source);
      return entered >= trades ? undefined : { code: 'FIRST_TRADES', limit: trades, actual: entered, hold };
    },
  }),
});
