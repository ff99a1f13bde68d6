import type { Command } from '@mikrobot/core';
import type { PureSignal } from './pure-signal.js';

/** A command by which another program's signal enters a bot. */
export type Proposal = Extract<Command, { readonly do: 'propose' }>;

/** Tag by which a decision names the message that led to it. */
export const CORRELATION = 'correlation';

/** Facts as tags, without those that are not known. */
const known = (
  facts: Readonly<Record<string, string | number | undefined>>,
): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(facts).filter((fact): fact is [string, string | number] => fact[1] !== undefined),
  );

/**
 * The command that proposes a pure signal to a bot: `bot.command(proposalOf(signal, id))`. It says no confidence, stop or size, because
 * the message does not: the bot's enrichers complete it, and what is still missing is refused by name.
 * @param correlation - names the message in the signal's tags
 */
export const proposalOf = (signal: PureSignal, correlation: string): Proposal => {
  const { symbol, direction, triggerPrice, eaName, eaVersion, signalType, timeframe } = signal;
  const sender = eaVersion === undefined ? eaName : `${eaName} ${eaVersion}`;
  const what = [signalType, timeframe].filter((word) => word !== undefined).join(' ');
  const tags = known({
    [CORRELATION]: correlation,
    ea: sender,
    signalType,
    triggerPrice,
    bosLevel: signal.bosLevel,
    bosDirection: signal.bosDirection,
    breakHigh: signal.breakHigh,
    breakLow: signal.breakLow,
    pipTrigger: signal.pipTrigger,
    signalTime: signal.time,
    timeframe,
    account: signal.account,
  });
  const reason = `${what === '' ? 'signal' : what} at ${triggerPrice} by ${sender}`;
  const side = direction === 'BUY' ? 'buy' : 'sell';
  return { do: 'propose', draft: { symbol, intent: 'enter', side, reason, tags }, by: eaName };
};
