import { MikroBotError, type RiskPolicy } from '@mikrobot/core';
import type * as z from 'zod';

/**
 * What every account should have a limit for: the risk of one trade, the loss of a day, the loss in total, the number of open
 * positions, the leverage. `allOf()` adds a conservative limit where none is given.
 */
export type GuardedArea = 'trade' | 'day' | 'total' | 'positions' | 'leverage';

/** A policy that says which areas it guards. */
export interface GuardedPolicy<State = unknown> extends RiskPolicy<State> {
  readonly covers?: readonly GuardedArea[];
}

/** What a policy does, once its settings are known. */
export type PolicyBody<State> = Omit<GuardedPolicy<State>, 'name' | 'settings' | 'covers'>;

/** What documentation and code say of a policy in one place. */
export interface PolicyDefinition {
  /** Its name in verdicts, as it is imported. */
  readonly name: string;
  /** One sentence: what it stops or how it sizes. */
  readonly about: string;
  readonly covers?: readonly GuardedArea[];
  /** Each field with `.describe()`: what it is and its unit. */
  readonly settings: z.ZodObject;
  /** The codes of its findings, and what each means. Empty for a policy that only caps. */
  readonly codes: Readonly<Record<string, string>>;
  /** What it understands of `{ do: 'tell' }`, and what that does. */
  readonly tells?: Readonly<Record<string, string>>;
}

/** Makes a policy from its settings; what has a default may be left out. */
export type PolicyFactory<Settings extends z.ZodObject, State, Ports> = ((
  ...given: undefined extends Ports
    ? Record<never, never> extends z.input<Settings>
      ? [settings?: z.input<Settings>, ports?: Ports]
      : [settings: z.input<Settings>, ports?: Ports]
    : [settings: z.input<Settings>, ports: Ports]
) => GuardedPolicy<State>) & { readonly definition: PolicyDefinition };

/**
 * Defines a policy: its settings are checked by their schema, can be changed while a bot runs (`configure`), and the table of all
 * policies in the guide is made from what stands here.
 * @param definition - with `make`, which is given the settings with their defaults filled in, and the ports (a calendar, say)
 *
 * @example
 * ```ts
 * export const maxSpread = definePolicy({
 *   name: 'maxSpread',
 *   about: 'Refuses entries while the spread is too wide.',
 *   settings: z.strictObject({ pips: z.number().positive().describe('widest spread, pips') }),
 *   codes: { SPREAD_TOO_WIDE: 'The spread is wider than `pips`.' },
 *   make: ({ pips }) => ({ judge: (_order, signal, book) => … }),
 * });
 * ```
 */
export const definePolicy = <Settings extends z.ZodObject, State = undefined, Ports = undefined>(
  definition: PolicyDefinition & {
    readonly settings: Settings;
    readonly make: (settings: z.output<Settings>, ports: Ports) => PolicyBody<State>;
  },
): PolicyFactory<Settings, State, Ports> => {
  const { name, covers = [], settings: schema, make } = definition;
  const build = (settings: unknown, ports: Ports): GuardedPolicy<State> => {
    const parsed = schema.safeParse(settings ?? {});
    if (!parsed.success) {
      const issue = parsed.error.issues[0]!;
      throw new MikroBotError('BAD_CONFIG', `${issue.message}.`, {
        where: [name, ...issue.path].join('.'),
        hint: `Its settings are ${Object.keys(schema.shape).join(', ') || 'none'}.`,
        cause: parsed.error,
      });
    }
    const value = parsed.data;
    return {
      name,
      covers,
      settings: { value, with: (other) => build(other, ports) as RiskPolicy },
      ...make(value, ports),
    };
  };
  const factory = (settings: unknown, ports: unknown): GuardedPolicy<State> =>
    build(settings, ports as Ports);
  return Object.assign(factory as unknown as PolicyFactory<Settings, State, Ports>, { definition });
};
