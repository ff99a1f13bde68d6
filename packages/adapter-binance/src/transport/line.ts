import type { Clock, Random } from '@mikrobot/core';
import { EventEmitter } from 'eventemitter3';

/** What a {@link Line} tells. */
export interface LineEvents {
  /** Up: opened and prepared. `reconnected`: it was down before, so events may be missing. */
  open: (reconnected: boolean) => void;
  message: (text: string) => void;
  down: (reason: string) => void;
  /** An attempt to connect failed; the next is under way. */
  trouble: (error: unknown) => void;
}

/** One socket of a line, while it is prepared. */
export interface Wire {
  send(text: string): void;
  /** Its messages until the line is open: what it returns true for goes no further. */
  onMessage: ((text: string) => boolean) | undefined;
}

/** What a line is made of. */
export interface LineParts {
  readonly url: string | (() => string | Promise<string>);
  readonly clock: Clock;
  readonly random: Random;
  /** Names the line in errors and timers. */
  readonly name: string;
  /** Logs on and subscribes on each new socket before it counts as open. */
  readonly prepare?: (wire: Wire) => Promise<void>;
}

/** One websocket with its life. */
export class Line extends EventEmitter<LineEvents> {
  constructor(_parts: LineParts) {
    super();
  }
  /** Opens it. Rejects when the first attempt fails; from then on it reconnects by itself. */
  connect(_abort?: AbortSignal): Promise<void> {
    throw new Error('being written');
  }
  get up(): boolean {
    return false;
  }
  send(_text: string): void {}
  /** Opens another socket beside this one, and closes this one when that is ready. */
  replace(_reason: string): void {}
  close(): void {}
}
