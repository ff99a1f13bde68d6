import { type ConnectionState, seededRandom } from '@mikrobot/core';
import { replayClock } from '@mikrobot/simulators';
import { afterEach, beforeEach } from 'vitest';
import { Session, type Up } from '../session/session.js';
import { FrameServer } from './frame-server.js';

/** A session on a server that does what the test says, and all that it told. */
export interface SessionBench {
  server: FrameServer;
  session: Session;
  readonly states: ConnectionState[];
  readonly ups: Up[];
  readonly downs: string[];
  beats: number;
  /** Another session. @param speed - of its clock, times that of the machine */
  make(port?: number, speed?: number, heartbeat?: number): Session;
  isUp(): boolean;
  /** The states that were told, with whether data were lost. */
  spoken(): readonly string[];
  /** Says a notice to the client that came last. */
  say(code: number, text: string): void;
}

/** Opens a bench before each test of the file that calls this, and closes it afterwards. */
export const sessionBench = (): SessionBench => {
  const bench: SessionBench = {
    server: undefined as unknown as FrameServer,
    session: undefined as unknown as Session,
    states: [],
    ups: [],
    downs: [],
    beats: 0,
    make(port = bench.server.port, speed = 50, heartbeat = 60_000) {
      for (const list of [bench.states, bench.ups, bench.downs]) list.length = 0;
      bench.beats = 0;
      const session = new Session({
        options: { clientId: 7, port, heartbeat, silence: 2 * heartbeat, connectTimeout: 300_000 },
        clock: replayClock({ start: Date.now(), speed }),
        random: seededRandom(1),
        tell: (state) => bench.states.push(state),
        heartbeat: () => {
          bench.beats += 1;
        },
      });
      session.onUp((_, up) => void bench.ups.push(up));
      session.onDown((why) => bench.downs.push(why));
      bench.session = session;
      return session;
    },
    isUp: () => bench.session.reachesVenue,
    spoken: () => bench.states.map(({ state, dataLost }) => `${state}${dataLost ? ' dataLost' : ''}`),
    say: (code, text) => bench.server.client.send(4, 2, -1, code, text, ''),
  };
  beforeEach(async () => {
    bench.server = await FrameServer.listen();
    bench.make();
  });
  afterEach(async () => {
    bench.session.close();
    await bench.server.close();
  });
  return bench;
};

/** An abort that never comes. */
export const never = new AbortController().signal;
