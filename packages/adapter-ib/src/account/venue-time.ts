import type { Clock } from '@mikrobot/core';
import { EventName } from '@stoqey/ib';
import type { Line } from '../line/line.js';
import { listen } from '../listen.js';

const SECOND = 1_000;

/**
 * The time of TWS when it was asked, epoch ms. TWS tells whole seconds: within that second the machine's clock is taken where it agrees.
 * @param timeout - ms
 * @throws what `Line.request` throws
 */
export const venueTime = async (line: Line, clock: Clock, timeout: number): Promise<number> => {
  let asked = clock.now();
  const [seconds] = await line.request<number>({
    what: 'the time of TWS',
    timeout,
    ask: (commands) => {
      asked = clock.now();
      commands.reqCurrentTime();
    },
    listen: (events, _id, add, done) =>
      listen(events, EventName.currentTime, (time: number) => {
        add(time);
        done();
      }),
  });
  const told = (seconds ?? 0) * SECOND;
  const earliest = told - (clock.now() - asked);
  return Math.min(Math.max(asked, earliest), told + SECOND - 1);
};
