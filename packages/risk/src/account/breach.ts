import type { Command, RiskEvent } from '@mikrobot/core';
import * as z from 'zod';
import { tidy } from '../limits/measure.js';

/** The setting of what happens when a loss limit is reached. */
export const onBreach = z
  .enum(['refuse', 'flatten', 'kill'])
  .default('refuse')
  .describe(
    'what happens at the limit, besides that entries are refused: refuse (nothing), flatten (entries are cancelled, positions closed), kill (the emergency stop)',
  );

/** That a limit was reached. It stays until it is forgotten, whatever the equity does. */
export const breachSchema = z
  .strictObject({
    /** Epoch ms. */
    time: z.number(),
    /** Loss at that moment and the loss allowed, account currency. */
    loss: z.number(),
    allowed: z.number(),
  })
  .nullable();

/** See {@link breachSchema}. */
export type Breach = z.output<typeof breachSchema>;

/** A breach at a moment (epoch ms), in figures that people read. */
export const breachAt = (time: number, loss: number, allowed: number): NonNullable<Breach> => ({
  time,
  loss: tidy(loss),
  allowed: tidy(allowed),
});

interface Latched {
  readonly breach: Breach;
}

/** Whether a person tells the policy to forget its breach. Other policies may not. */
export const isReset = (event: RiskEvent, policy: string): boolean =>
  event.type === 'command' &&
  event.command.do === 'tell' &&
  event.command.policy === policy &&
  event.command.say === 'reset' &&
  !event.command.by.startsWith('policy:');

/** The breach that is new, or that a start finds still standing. */
const newBreach = (before: Latched | undefined, { breach }: Latched): Breach =>
  before === undefined || before.breach === null ? breach : null;

/** What is to be done at a breach: once, and again at a start that finds it still standing. */
export const breachCommands = (
  policy: string,
  action: 'refuse' | 'flatten' | 'kill',
  before: Latched | undefined,
  after: Latched,
): readonly Command[] => {
  const breach = newBreach(before, after);
  if (breach === null || action === 'refuse') return [];
  const told = { by: `policy:${policy}`, reason: `lost ${breach.loss} of ${breach.allowed}` };
  if (action === 'kill') return [{ do: 'kill', ...told }];
  // What works must not fill behind the close-out.
  return [
    { do: 'cancel-all', ...told },
    { do: 'flatten', ...told },
  ];
};

/** What a person hears at a breach. */
export const breachAlerts = (
  what: string,
  before: Latched | undefined,
  after: Latched,
): readonly string[] => {
  const breach = newBreach(before, after);
  if (breach === null) return [];
  const since = new Date(breach.time).toISOString();
  return [`the ${what} reached ${breach.loss} of ${breach.allowed} at ${since}; entries are refused`];
};
