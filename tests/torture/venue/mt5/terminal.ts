import { dirname, join } from 'node:path';
import type { Random } from '@mikrobot/core';
import { type RunningTerminal, startTerminal } from '@mikrobot/mql5';
import { LOGIN, listing, SECRET } from './listing.js';

/** What a {@link KeptTerminal} is started with. */
export interface TerminalParts {
  /** The executable: a terminal with the bridge in it. */
  readonly binary: string;
  /** Where its files outlive it. */
  readonly folder: string;
  readonly server: { readonly host: string; readonly port: number };
  /** Where the bridge reaches bots. */
  readonly port: number;
  readonly random: Random;
  /** Told what it prints. */
  readonly onLine: (line: string) => void;
}

/** Where a terminal can be made to die: around its one call that sends a request. */
const deaths = ['OrderSend-before', 'OrderSend-sent', 'OrderSend-after'] as const;
/** Part of the terminals that die there. */
const DOOMED = 0.4;
/** The latest request at which they do. */
const LATEST = 25;

/** A terminal with the bridge in it, in a process of its own. It dies, and is started again by somebody who watches it. */
export class KeptTerminal {
  readonly #parts: TerminalParts;
  #running: RunningTerminal | undefined;

  constructor(parts: TerminalParts) {
    this.#parts = parts;
  }

  /** Whether its process is there. */
  get alive(): boolean {
    return this.#running !== undefined;
  }

  async start(): Promise<void> {
    const { binary, folder, server, port, random, onLine } = this.#parts;
    const death = deaths[Math.floor(random() * deaths.length)] ?? deaths[0];
    const at = `${death}:${1 + Math.floor(random() * LATEST)}`;
    const isDoomed = random() < DOOMED;
    onLine(isDoomed ? `started, to die at ${at}` : 'started');
    const running = await startTerminal({
      program: { name: 'bridge', source: '', binary, folder: dirname(binary), files: [] },
      link: server,
      login: LOGIN,
      symbol: listing[0]?.symbol ?? '',
      inputs: {
        InpPort: port,
        InpSecret: SECRET,
        InpMaxLots: 0,
        InpMaxOrders: 0,
        InpAbsentAfter: 1,
      },
      files: join(folder, 'files'),
      common: join(folder, 'common'),
      allowUrls: ['127.0.0.1'],
      // A lost answer is waited for half a second, not half a minute.
      more: ['--order-timeout', '500', ...(isDoomed ? ['--die-at', at] : [])],
      onLine,
    });
    this.#running = running;
    void running.exited.then(({ code, signal }) => {
      onLine(`ended by ${signal ?? code}`);
      if (signal !== 'SIGKILL') for (const note of running.notes.slice(-20)) onLine(note);
      this.#running = undefined;
      setTimeout(() => void this.start(), 100 + 200 * random());
    });
  }

  /** Ends it at once. */
  kill(): void {
    void this.#running?.kill();
  }
}
