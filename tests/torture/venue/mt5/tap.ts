import { createServer } from 'node:net';
import type { CutPoint } from './cuts.js';
import { type Fate, Joint, type JointListener } from './joint.js';
import type { Line, Speaker } from './reading.js';

/** Whom a {@link Tap} asks and tells. */
export interface TapListener {
  /** Ms that the next piece of a bot travels. */
  travels(): number;
  /** A line that passes whole. */
  heard(line: Line, speaker: Speaker): void;
  /** A bot is there whose terminal is there, too. */
  met(): void;
}

/** As lines are named by cut points: trade events before the end of a resumption are `resent`. */
const nameOf = ({ t }: Line, { isUp }: Joint): string =>
  !isUp && (t === 'deal' || t === 'order' || t === 'position') ? 'resent' : t;

/** Stands between the terminal and the bots, reads every line, and breaks the connection where it is to break. */
export class Tap implements JointListener {
  readonly #bot: number;
  readonly #listener: TapListener;
  readonly #joints = new Set<Joint>();
  readonly #server = createServer((terminal) => {
    this.#joints.add(new Joint(terminal, this.#bot, this));
  });
  #cut: CutPoint | undefined;

  /** @param bot - the port that bots listen on */
  constructor(bot: number, listener: TapListener) {
    this.#bot = bot;
    this.#listener = listener;
  }

  /** Whether a bot and the terminal have found each other. */
  get connected(): boolean {
    for (const { isUp } of this.#joints) if (isUp) return true;
    return false;
  }

  /** @returns the port for the terminal */
  listen(): Promise<number> {
    return new Promise((resolve) => {
      this.#server.listen(0, '127.0.0.1', () => {
        const address = this.#server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  }

  /** Breaks every connection. */
  hangUp(): void {
    for (const joint of [...this.#joints]) joint.cut();
  }

  /** The connection breaks where that is said the next time. */
  hangUpAt(point: CutPoint): void {
    this.#cut = point;
  }

  /** Nothing passes for so many ms. */
  stall(ms: number): void {
    for (const joint of this.#joints) joint.stall(ms);
  }

  travels(): number {
    return this.#listener.travels();
  }

  passes(line: Line, speaker: Speaker, joint: Joint): Fate {
    const cut = this.#cut;
    const isHere = cut?.speaker === speaker && cut.t === nameOf(line, joint);
    if (isHere) this.#cut = undefined;
    if (!isHere || cut.when === 'after') this.#listener.heard(line, speaker);
    if (line.t === 'reset' || line.t === 'resumed') this.#listener.met();
    return isHere ? `cut-${cut.when}` : 'pass';
  }

  ended(joint: Joint): void {
    this.#joints.delete(joint);
  }
}
