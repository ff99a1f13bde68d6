import type { EventName } from '@stoqey/ib';
import { EventEmitter } from 'eventemitter3';
import { LineEndedError } from '../../errors.js';
import type { Commands, Line, LineEvents, Notice, Request } from '../../line/line.js';

/** A command as it was sent: its name and what it said. */
export interface Sent {
  readonly name: string;
  readonly values: readonly unknown[];
}

/** A line whose other end is a test: it notes what is sent and says what it is told to. */
export class ScriptedLine implements Line {
  readonly serverVersion = 193;
  readonly accounts = ['DU1'];
  readonly heardAt = 0;
  readonly drops = {};
  readonly nextOrderId: number;
  readonly sent: Sent[] = [];
  readonly #emitter = new EventEmitter();
  readonly events = this.#emitter as unknown as LineEvents;
  readonly #notices = new Set<(notice: Notice) => void>();
  readonly #ends = new Set<(why: string) => void>();
  isOpen = true;
  /** Whether the socket takes orders. */
  takes = true;
  #requestId = 1_000_000_000;
  /** What follows a command, in the turn after it. */
  onSent: (sent: Sent) => void = () => undefined;

  constructor(nextOrderId = 1) {
    this.nextOrderId = nextOrderId;
  }

  nextRequestId(): number {
    return this.#requestId++;
  }

  send(command: (commands: Commands) => void): boolean {
    if (!this.isOpen || !this.takes) return false;
    command(
      new Proxy({} as Commands, {
        get:
          (_, name) =>
          (...values: unknown[]) => {
            const sent = { name: String(name), values };
            this.sent.push(sent);
            queueMicrotask(() => this.onSent(sent));
          },
      }),
    );
    return true;
  }

  request<T>(request: Request<T>): Promise<readonly T[]> {
    return new Promise((resolve, reject) => {
      const id = this.nextRequestId();
      const parts: T[] = [];
      const stop = request.listen(
        this.events,
        id,
        (part) => parts.push(part),
        () => {
          stop();
          resolve(parts);
        },
      );
      this.onEnd((why) => reject(new LineEndedError(request.what, why)));
      if (!this.send((commands) => request.ask(commands, id)))
        reject(new LineEndedError(request.what, 'down'));
    });
  }

  onNotice(listener: (notice: Notice) => void): () => void {
    this.#notices.add(listener);
    return () => void this.#notices.delete(listener);
  }

  onEnd(listener: (why: string) => void): () => void {
    this.#ends.add(listener);
    return () => void this.#ends.delete(listener);
  }

  close(why: string): void {
    this.isOpen = false;
    for (const listener of [...this.#ends]) listener(why);
  }

  emit(name: EventName, ...values: unknown[]): void {
    this.#emitter.emit(name, ...values);
  }

  notice(id: number, code: number, text: string): void {
    for (const listener of [...this.#notices]) listener({ id, code, text });
  }
}
