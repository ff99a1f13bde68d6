import { describe, expect, it } from 'vitest';
import { ScriptedVenue } from './testing/scripted-venue.js';
import { testBot } from './testing/test-bot.js';

/** A bot whose long position of 1 lot has its stop working, and whose market order to close it was just accepted. */
const closing = async () => {
  const venue = new ScriptedVenue({ bracket: 'none' });
  const { bot, say } = await testBot({}, venue);
  say({ target: undefined });
  const [entry] = venue.submitted;
  venue.fill(entry!);
  say({ intent: 'exit', side: undefined, quantity: undefined, stop: undefined, target: undefined });
  const [, stop, exit] = venue.submitted;
  let stopped = false;
  const end = bot.stop('test').then(() => {
    stopped = true;
  });
  const isStopped = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    return stopped;
  };
  return { venue, stop: stop!, exit: exit!, isStopped, end };
};

describe('a bot that is stopped while a position is being closed', () => {
  it('waits until the exit has traded and the stop, which would open a new position, is gone', async () => {
    const { venue, stop, exit, isStopped, end } = await closing();
    expect(await isStopped()).toBe(false);
    venue.fill(exit);
    expect(venue.heard.filter(({ command }) => command === 'cancel')).toMatchObject([
      { ref: { id: stop.id } },
    ]);
    expect(await isStopped()).toBe(false);
    venue.cancelled(stop);
    await end;
    expect(await isStopped()).toBe(true);
  });

  it('does not wait beyond its deadline', async () => {
    const { venue, isStopped, end } = await closing();
    venue.tick(1.1, 1.1001, 9_999);
    expect(await isStopped()).toBe(false);
    venue.tick(1.1, 1.1001, 1);
    await end;
  });
});
