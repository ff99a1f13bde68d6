import { MikroBotError } from '@mikrobot/core';
import type { Library } from './library.js';

const flawOf = (field: unknown): string | undefined => {
  if (Array.isArray(field)) return field.map(flawOf).find((flaw) => flaw !== undefined);
  if (typeof field === 'number' && Number.isNaN(field)) return 'a number that is none';
  // A zero byte ends a field: what follows would be read as the next one.
  return typeof field === 'string' && field.includes('\0') ? 'a zero byte' : undefined;
};

/**
 * Has commands go to the socket at once or not at all. The library keeps those that come while it is not connected and sends them after
 * the next connect, which may be hours later; it keeps more in its rate limiter; and a command that throws stops all later ones.
 * @param sent - called for each message that left
 */
export const sendGuarded = (
  { controller, socket }: Library,
  isOpen: () => boolean,
  sent: () => void,
): void => {
  controller.schedule = (command) => command();
  controller.sendMsg = (...fields) => {
    if (!isOpen()) return;
    const flaw = flawOf(fields);
    if (flaw !== undefined)
      throw new MikroBotError('BAD_CONFIG', `a message to TWS holds ${flaw}, and was not sent.`, {
        where: 'interactiveBrokers',
      });
    socket.send(fields);
    sent();
  };
};
