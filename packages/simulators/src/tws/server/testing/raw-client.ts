import { connect, type Socket } from 'node:net';

/** What a raw client may send as a field. */
export type RawField = string | number;

/** Writes a message as the documentation of the wire says: its length in four bytes, then each field with a NUL behind it. */
export const rawFrame = (fields: readonly RawField[]): Buffer => {
  const body = Buffer.from(fields.map((field) => `${field}\0`).join(''), 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, body]);
};

/** The greeting of a client. */
export const rawGreeting = (versions: string): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(versions.length);
  return Buffer.concat([Buffer.from('API\0'), length, Buffer.from(versions)]);
};

/** Codes of the errors and notices among messages. */
export const codesOf = (messages: readonly (readonly string[])[]): readonly (string | undefined)[] =>
  messages.filter(([id]) => id === '4').map(([, , , code]) => code);

/** Each message by its id and its next field. */
export const headsOf = (messages: readonly (readonly string[])[]): readonly string[] =>
  messages.map(([id, what]) => `${id} ${what}`);

interface Waiter {
  readonly fits: (message: readonly string[]) => boolean;
  readonly resolve: (message: readonly string[]) => void;
  readonly reject: (error: Error) => void;
}

/** Speaks with the simulator byte by byte, with no code of it. */
export class RawClient {
  /** All messages that came, as fields. */
  readonly messages: (readonly string[])[] = [];
  /** Resolves when the socket has gone. */
  readonly closed: Promise<void>;
  readonly socket: Socket;
  #read = 0;
  #rest = Buffer.alloc(0);
  #waiters: Waiter[] = [];

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.on('error', () => undefined);
    this.socket.on('data', (chunk) => this.#take(chunk));
    this.closed = new Promise((resolve) => {
      this.socket.on('close', () => {
        for (const { reject } of this.#waiters.splice(0)) reject(new Error('The connection has ended.'));
        resolve();
      });
    });
  }

  /** Greets, starts the API and waits for the last notice of the start. */
  static async start(port: number, clientId: number, versions = 'v100..193'): Promise<RawClient> {
    const client = new RawClient(port);
    client.socket.write(rawGreeting(versions));
    await client.next(() => true);
    client.send(71, 2, clientId, '');
    await client.next(([id, , , code]) => id === '4' && (code === '2158' || code === '2110'));
    return client;
  }

  send(...fields: readonly RawField[]): void {
    this.socket.write(rawFrame(fields));
  }

  /** The next message that fits and was not looked at yet; those before it are passed by. */
  next(fits: (message: readonly string[]) => boolean): Promise<readonly string[]> {
    while (this.#read < this.messages.length) {
      const message = this.messages[this.#read++] as readonly string[];
      if (fits(message)) return Promise.resolve(message);
    }
    return new Promise((resolve, reject) => this.#waiters.push({ fits, resolve, reject }));
  }

  /** Asks for the time, and gives what came before the answer and was not looked at yet. */
  async settle(): Promise<readonly (readonly string[])[]> {
    const from = this.#read;
    this.send(49, 1);
    await this.next(([id]) => id === '49');
    return this.messages.slice(from, this.#read - 1);
  }

  close(): void {
    this.socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    while (this.#rest.length >= 4 && this.#rest.length >= 4 + this.#rest.readUInt32BE()) {
      const end = 4 + this.#rest.readUInt32BE();
      this.messages.push(this.#rest.toString('utf8', 4, end - 1).split('\0'));
      this.#rest = this.#rest.subarray(end);
    }
    while (this.#read < this.messages.length && this.#waiters[0] !== undefined) {
      const message = this.messages[this.#read++] as readonly string[];
      if (this.#waiters[0].fits(message)) this.#waiters.shift()?.resolve(message);
    }
  }
}
