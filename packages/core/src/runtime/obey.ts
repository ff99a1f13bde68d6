import type { Bot } from '../bot.js';
import { type HaltScope, within } from '../execution/halts.js';
import { type ParsedCommand, reasonOf } from './command.js';

const approve = (bot: Bot, id: string, by: string): void => {
  const held = bot.desk.held.take(id);
  if (held === undefined) return;
  const { signal, until } = held;
  bot.emit(
    bot.desk.stamp(signal, {
      source: signal.source,
      origin: 'person',
      approval: { of: signal.id, by, until },
    }),
  );
};

const flatten = (bot: Bot, reason: string, scope: HaltScope): void => {
  const { book } = bot.desk;
  for (const symbol of book.exposed()) {
    for (const { owner } of book.owners(symbol)) {
      if (within(scope, symbol, owner)) bot.desk.closeOut(symbol, owner, reason);
    }
  }
};

const cancel = (bot: Bot, reason: string, scope: HaltScope): void => {
  bot.desk.refuseQueued(scope, reason);
  bot.desk.cancelEntries(reason, scope);
};

const isGlobal = ({ symbol, owner }: HaltScope): boolean => symbol === undefined && owner === undefined;

const pause = (bot: Bot, reason: string): void => {
  bot.desk.paused = true;
  bot.become('paused', reason);
  bot.desk.refuseQueued({}, reason);
};

const halt = (bot: Bot, reason: string, scope: HaltScope): void => {
  // A bot that is killing is halted already, and looks resolved only when it is.
  if (bot.state === 'killing' && isGlobal(scope)) return;
  if (isGlobal(scope)) bot.become('halted', reason);
  bot.desk.halt(reason, scope);
};

/** @returns whether the halt ended */
const release = (bot: Bot, reason: string, scope: HaltScope): boolean => {
  if (bot.revoked) {
    bot.desk.issue('COMMAND_FAILED', `${reason}: the line to the venue was revoked; start a new bot`);
    return false;
  }
  // What is not resolved yet must not be traded on.
  if (bot.state === 'killing' && isGlobal(scope)) {
    bot.desk.issue(
      'COMMAND_FAILED',
      `${reason}: orders are still in the air; release when the bot is halted`,
    );
    return false;
  }
  bot.desk.release(scope);
  if (bot.state === 'halted' && isGlobal(scope)) bot.become(bot.desk.paused ? 'paused' : 'active', reason);
  return true;
};

const kill = (bot: Bot, command: Extract<ParsedCommand, { do: 'kill' }>): void => {
  const { symbol, owner, by, reason: said } = command;
  const scope: HaltScope = { symbol, owner };
  const reason = reasonOf('killed', by, said);
  if (isGlobal(scope)) bot.become(command.flatten ? 'killing' : 'halted', reason);
  bot.desk.halt(reason, scope, command.flatten);
  if (command.cancel) bot.desk.cancelEntries(reason, scope);
  if (command.flatten) flatten(bot, reason, scope);
  if (command.revoke && isGlobal(scope)) bot.revoke();
  bot.settle();
};

/** Does what a person or a policy said. Runs inside the command's turn. */
export const obey = (bot: Bot, command: ParsedCommand): void => {
  const { desk } = bot;
  switch (command.do) {
    case 'approve':
      approve(bot, command.signal, command.by);
      break;
    case 'reject':
      bot.desk.held.take(command.signal);
      break;
    case 'signal':
      bot.raise(command.draft, { source: command.by, origin: 'person' });
      break;
    case 'propose':
      bot.raise(command.draft, { source: command.by, origin: 'program' });
      break;
    case 'pause':
      pause(bot, reasonOf('paused', command.by, command.reason));
      break;
    case 'resume':
      bot.desk.paused = false;
      if (bot.state === 'paused')
        bot.become(bot.book.halted === undefined ? 'active' : 'halted', reasonOf('resumed', command.by, ''));
      break;
    case 'halt':
      halt(bot, reasonOf('halted', command.by, command.reason), command);
      break;
    case 'release':
      if (!release(bot, reasonOf('released', command.by, command.reason), command)) return;
      break;
    case 'flatten':
      flatten(bot, reasonOf('flattened', command.by, command.reason), command);
      break;
    case 'cancel-all':
      cancel(bot, reasonOf('cancelled', command.by, command.reason), command);
      break;
    case 'kill':
      kill(bot, command);
      break;
    case 'configure':
      desk.log('out:config', { ...desk.policies.configure(command), by: command.by, reason: command.reason });
      break;
    case 'tell':
      // Only the policy knows what it means.
      break;
  }
  desk.policies.tell({ type: 'command', command });
};
