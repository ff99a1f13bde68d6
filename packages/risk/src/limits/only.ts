import {
  type Command,
  MikroBotError,
  type ParsedCommand,
  type PolicyMemory,
  type RiskEvent,
} from '@mikrobot/core';
import * as z from 'zod';
import type { GuardedPolicy } from '../policy-definition.js';

const names = z.array(z.string().min(1)).min(1).readonly().optional();

const scopeSchema = z
  .strictObject({ symbols: names, owners: names, name: z.string().min(1).optional() })
  .refine(({ symbols, owners, name }) => (symbols ?? owners ?? name) !== undefined, {
    error: 'Neither symbols nor owners nor a name are given',
  });

/** To what a policy applies. With both, to these symbols of these owners. */
export interface PolicyScope {
  readonly symbols?: readonly string[] | undefined;
  /** Runs or persons: `Signal.source`. */
  readonly owners?: readonly string[] | undefined;
  /** Another name than the one that tells the scope. Alone it lets two policies of a kind stand side by side. */
  readonly name?: string | undefined;
}

interface Scoped {
  /** Of the policy as it is known outside, `maxSpread(XAUUSD)`, and as it knows itself. */
  readonly outer: string;
  readonly inner: string;
  applies(symbol: string, owner: string): boolean;
}

/** A word to the policy comes under the outer name; one under the inner name is for another policy. */
const addressed = (command: ParsedCommand, { outer, inner }: Scoped): ParsedCommand | undefined => {
  if (command.do !== 'tell' && command.do !== 'configure') return command;
  if (command.policy === outer) return { ...command, policy: inner };
  return command.policy === inner ? undefined : command;
};

/** What the policy is told of an event; undefined when it is about others. */
const told = (event: RiskEvent, scoped: Scoped): RiskEvent | undefined => {
  const about = ({ symbol, owner }: { readonly symbol: string; readonly owner: string }) =>
    scoped.applies(symbol, owner) ? event : undefined;
  switch (event.type) {
    case 'sent':
    case 'ended':
      return about(event.order);
    case 'fill':
      return about(event.fill);
    case 'trade':
      return about(event.trade);
    case 'decision':
      return about({ symbol: event.decision.signal.symbol, owner: event.decision.signal.source });
    case 'command': {
      const command = addressed(event.command, scoped);
      return command && { type: 'command', command };
    }
    default:
      return event;
  }
};

/** A word of the policy to itself goes to the name by which it is known outside. */
const readdressed = (command: Command, { outer, inner }: Scoped): Command =>
  (command.do === 'tell' || command.do === 'configure') && command.policy === inner
    ? { ...command, policy: outer }
    : command;

const scopedMemory = <State>(memory: PolicyMemory<State>, scoped: Scoped): PolicyMemory<State> => ({
  initial: memory.initial,
  schema: memory.schema,
  ...(memory.watches !== undefined && { watches: memory.watches }),
  next(state, event, book) {
    const heard = told(event, scoped);
    return heard === undefined ? state : memory.next(state, heard, book);
  },
  ...(memory.commands !== undefined && {
    commands: (before, after, book) =>
      memory.commands!(before, after, book).map((command) => readdressed(command, scoped)),
  }),
  ...(memory.alerts !== undefined && {
    alerts: (before, after, book) => memory.alerts!(before, after, book),
  }),
});

/**
 * Applies a policy to some symbols or owners only. It judges the others' signals with no objection and hears nothing of them; what it
 * reads in the book is still the whole account. Its name tells the scope (`maxSpread(XAUUSD)`), and that is the name to tell and
 * configure it by, and the one its state is saved under. With symbols or owners it no longer counts as the account's limit for an area.
 * @throws `MikroBotError` `BAD_CONFIG` when neither symbols nor owners nor a name are given, or a list is empty.
 *
 * @example
 * ```ts
 * const gold = only({ symbols: ['XAUUSD'] }, spreadLimit({ pips: 30 }));
 * const bursts = [orderRate({ orders: 5, within: 1_000 }), only({ name: 'perHour' }, orderRate({ orders: 100, within: 3_600_000 }))];
 * ```
 */
export const only = <State>(scope: PolicyScope, policy: GuardedPolicy<State>): GuardedPolicy<State> => {
  const parsed = scopeSchema.safeParse(scope);
  if (!parsed.success) {
    const { message, path } = parsed.error.issues[0]!;
    throw new MikroBotError('BAD_CONFIG', `${message}.`, {
      where: ['only', ...path].join('.'),
      cause: parsed.error,
    });
  }
  const { symbols, owners } = parsed.data;
  const everywhere = symbols === undefined && owners === undefined;
  const parts = [symbols, owners].flatMap((list) => (list === undefined ? [] : [list.join(', ')]));
  const name = parsed.data.name ?? `${policy.name}(${parts.join('; ')})`;
  const concerns = (symbol: string): boolean => symbols === undefined || symbols.includes(symbol);
  const scoped: Scoped = {
    outer: name,
    inner: policy.name,
    applies: (symbol, owner) => concerns(symbol) && (owners === undefined || owners.includes(owner)),
  };
  const { always, notice, memory, settings } = policy;
  return {
    name,
    covers: everywhere ? (policy.covers ?? []) : [],
    ...(always !== undefined && { always }),
    ...(notice !== undefined && { notice }),
    ...(memory !== undefined && { memory: scopedMemory(memory, scoped) }),
    ...(settings !== undefined && {
      settings: {
        value: settings.value,
        with: (value) => only(scope, settings.with(value) as GuardedPolicy<State>) as GuardedPolicy,
      },
    }),
    // Of one owner only, a policy cannot say that nobody could trade the instrument.
    permits: (instrument) =>
      owners === undefined && concerns(instrument.symbol) ? policy.permits?.(instrument) : undefined,
    judge: (order, signal, book, state) =>
      scoped.applies(order.symbol, signal.source) ? policy.judge(order, signal, book, state) : undefined,
  };
};
