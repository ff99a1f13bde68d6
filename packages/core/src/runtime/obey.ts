import type { Bot } from '../bot.js';
import type { ParsedCommand } from './command.js';

const approve = (bot: Bot, id: string, by: string): void => {
  const held = bot.held.take(id);
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

const flatten = (bot: Bot, reason: string, symbol?: string): void => {
  const { book } = bot.desk;
  for (const exposed of book.exposed()) {
    if (symbol !== undefined && exposed !== symbol) continue;
    for (const { owner } of book.owners(exposed)) bot.desk.closeOut(exposed, owner, reason);
  }
};

const why = (what: string, by: string, reason: string): string =>
  `${what} by ${by}${reason === '' ? '' : `: ${reason}`}`;

/** Does what a person said. Runs inside the command's turn. */
export const obey = (bot: Bot, command: ParsedCommand): void => {
  const { desk } = bot;
  switch (command.do) {
    case 'approve':
      approve(bot, command.signal, command.by);
      return;
    case 'reject':
      bot.held.take(command.signal);
      return;
    case 'signal':
      bot.raise(command.draft, { source: command.by, origin: 'person' });
      return;
    case 'pause':
      bot.become('paused', why('paused', command.by, command.reason));
      return;
    case 'resume':
      if (bot.state === 'paused')
        bot.become(bot.book.halted === undefined ? 'active' : 'halted', why('resumed', command.by, ''));
      return;
    case 'halt': {
      const reason = why('halted', command.by, command.reason);
      // A bot that is killing is halted already, and looks resolved only when it is.
      if (bot.state === 'killing') return;
      bot.become('halted', reason);
      desk.halt(reason);
      return;
    }
    case 'release':
      // What is not resolved yet must not be traded on.
      if (bot.state === 'killing') return;
      desk.release();
      if (bot.state === 'halted') bot.become('active', why('released', command.by, ''));
      return;
    case 'flatten':
      flatten(bot, why('flattened', command.by, command.reason), command.symbol);
      return;
    case 'cancel-all':
      desk.orders.cancelEntries(why('cancelled', command.by, command.reason), command.symbol);
      return;
    case 'kill': {
      const reason = why('killed', command.by, command.reason);
      bot.become('killing', reason);
      desk.halt(reason);
      desk.orders.cancelEntries(reason);
      flatten(bot, reason);
      bot.settle();
      return;
    }
  }
};
