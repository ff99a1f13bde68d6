import { Socket } from 'node:net';

/** A line of the bridge protocol on its way out. */
export interface SentLine {
  readonly t: string;
  /** Of a request. */
  readonly id: number;
  readonly d: Readonly<Record<string, unknown>>;
}

/** Listens to every line of the bridge protocol that leaves by a socket, right after it was written. */
export const onLines = (listener: (line: SentLine, socket: Socket) => void): void => {
  const write = Socket.prototype.write as (this: Socket, ...args: unknown[]) => boolean;
  Socket.prototype.write = function (this: Socket, ...args: unknown[]): boolean {
    const went = write.apply(this, args);
    const [text] = args;
    if (typeof text === 'string' && text.startsWith('{"v":')) listener(JSON.parse(text), this);
    return went;
  } as typeof Socket.prototype.write;
};
