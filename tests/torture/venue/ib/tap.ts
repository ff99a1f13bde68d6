import { connect, createServer, type Socket } from 'node:net';

/** Whom a {@link Tap} asks and tells. */
export interface TapListener {
  /** Ms that the next piece travels to the venue. */
  travels(): number;
  /** A bot opened a line. */
  met(): void;
}

/**
 * Stands between the bots and TWS. What a bot sends takes its time, and arrives although its sender has died or the line was cut
 * meanwhile; what TWS says passes at once.
 */
export class Tap {
  readonly #venue: { readonly host: string; readonly port: number };
  readonly #listener: TapListener;
  readonly #lines = new Set<Socket>();
  readonly #server = createServer((bot) => this.#open(bot));

  constructor(venue: { readonly host: string; readonly port: number }, listener: TapListener) {
    this.#venue = venue;
    this.#listener = listener;
  }

  /** Whether a bot is there. */
  get connected(): boolean {
    return this.#lines.size > 0;
  }

  /** @returns the port */
  listen(): Promise<number> {
    return new Promise((resolve) => {
      this.#server.listen(0, '127.0.0.1', () => {
        const address = this.#server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  }

  /** Breaks every line. */
  hangUp(): void {
    for (const bot of this.#lines) bot.destroy();
  }

  #open(bot: Socket): void {
    const venue = connect({ ...this.#venue, noDelay: true });
    bot.setNoDelay(true);
    /** What travels, in order: timers of different lengths would let pieces overtake each other. */
    const travelling: { readonly due: number; readonly then: () => void }[] = [];
    const pass = (): void => {
      for (
        let [next] = travelling;
        next !== undefined && next.due <= performance.now();
        [next] = travelling
      ) {
        travelling.shift();
        next.then();
      }
    };
    const arrive = (then: () => void): void => {
      const due = Math.max(travelling.at(-1)?.due ?? 0, performance.now() + this.#listener.travels());
      travelling.push({ due, then });
      setTimeout(pass, Math.ceil(due - performance.now()) + 1);
    };
    venue.on('connect', () => {
      this.#lines.add(bot);
      this.#listener.met();
    });
    bot.on('data', (piece) => arrive(() => venue.destroyed || venue.write(piece)));
    venue.on('data', (piece) => bot.destroyed || bot.write(piece));
    bot
      .on('error', () => undefined)
      .on('close', () => {
        this.#lines.delete(bot);
        arrive(() => venue.destroy());
      });
    venue.on('error', () => undefined).on('close', () => bot.destroy());
  }
}
