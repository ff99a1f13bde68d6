import type { Socket } from 'node:net';

/** A farewell is shorter; what is longer waits for somebody who does not read. */
const FAREWELL = 4_096;

/** Closes a socket once its last words have left, or at once where they would not. */
export const closeSoon = (socket: Socket): void => {
  if (socket.writableLength > FAREWELL) socket.destroy();
  else socket.destroySoon();
};
