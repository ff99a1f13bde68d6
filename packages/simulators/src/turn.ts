import { systemClock } from '@mikrobot/core';

const machine = systemClock();

/**
 * Calls once the event loop has turned, so that sockets were read and written. It takes the machine's time, never the simulator's:
 * a virtual clock stands still meanwhile.
 */
export const afterTurn = (wake: () => void): void => void machine.arm('turn', machine.now(), wake);

/** Resolves as {@link afterTurn} calls. */
export const turn = (): Promise<void> => new Promise((resolve) => afterTurn(resolve));
