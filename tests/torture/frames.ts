import { Socket } from 'node:net';

/** A message to TWS on its way out: its fields as text, the first its id. */
export type SentFrame = readonly string[];

/** Cuts what is written to TWS into messages: four bytes of length, then fields that each end with a zero byte. */
const framesIn = (bytes: Buffer): readonly SentFrame[] => {
  const frames: SentFrame[] = [];
  for (let at = 0; at + 4 <= bytes.length; ) {
    const end = at + 4 + bytes.readUInt32BE(at);
    if (end > bytes.length) break;
    frames.push(bytes.toString('utf8', at + 4, end - 1).split('\0'));
    at = end;
  }
  return frames;
};

/** A message as it is written. */
export const frameOf = (fields: SentFrame): Buffer => {
  const body = Buffer.from(fields.map((field) => `${field}\0`).join(''));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, body]);
};

/** Listens to every message that leaves by a socket, right after it was written. */
export const onFrames = (listener: (frame: SentFrame, socket: Socket) => void): void => {
  const write = Socket.prototype.write as (this: Socket, ...args: unknown[]) => boolean;
  Socket.prototype.write = function (this: Socket, ...args: unknown[]): boolean {
    const went = write.apply(this, args);
    if (Buffer.isBuffer(args[0])) for (const frame of framesIn(args[0])) listener(frame, this);
    return went;
  } as typeof Socket.prototype.write;
};
