import { createServer, type Server, type Socket } from 'node:net';
import { until } from './until.js';

/** A field of a message, as it goes over the wire. */
export type WireField = string | number;

/** One message: length, then fields that each end with a zero byte. */
export const frame = (fields: readonly WireField[]): Buffer => {
  const body = Buffer.from(fields.map((field) => `${field}\0`).join(''));
  const head = Buffer.alloc(4);
  head.writeUInt32BE(body.length);
  return Buffer.concat([head, body]);
};

/** What a client of a {@link FrameServer} sent, and the socket to answer on. */
export interface Client {
  readonly socket: Socket;
  /** Messages that came, as fields; the handshake is not among them. */
  readonly received: readonly (readonly string[])[];
  /** Bytes that came, the handshake among them. */
  readonly bytes: number;
  send(...fields: readonly WireField[]): void;
}

/** How a {@link FrameServer} greets. */
export interface Greeting {
  readonly serverVersion?: WireField;
  /** Bytes to greet with instead of a version. */
  readonly hello?: string;
  /** Answers to `startApi`. Default: accounts and the next order id. */
  readonly start?: readonly (readonly WireField[])[];
  /** Whether it answers questions for its time. Default true. */
  readonly pulse?: boolean;
}

const split = (rest: Buffer, take: (fields: readonly string[]) => void): Buffer => {
  let bytes = rest;
  while (bytes.length >= 4 && bytes.length >= 4 + bytes.readUInt32BE(0)) {
    const end = 4 + bytes.readUInt32BE(0);
    take(bytes.toString('utf8', 4, end - 1).split('\0'));
    bytes = bytes.subarray(end);
  }
  return bytes;
};

/** A TWS that does what a test says byte by byte: for what no real one would do. It shakes hands, and tells its time. */
export class FrameServer {
  readonly clients: Client[] = [];
  greeting: Greeting;
  readonly #server: Server;

  private constructor(greeting: Greeting) {
    this.greeting = greeting;
    this.#server = createServer((socket) => this.#serve(socket));
  }

  /** @param port - default: any that is free */
  static async listen(greeting: Greeting = {}, port = 0): Promise<FrameServer> {
    const server = new FrameServer(greeting);
    await new Promise<void>((resolve) => server.#server.listen(port, '127.0.0.1', resolve));
    return server;
  }

  get port(): number {
    return (this.#server.address() as { readonly port: number }).port;
  }

  /** The client that came last. @throws Error when none has come */
  get client(): Client {
    const client = this.clients.at(-1);
    if (client === undefined) throw new Error('No client has come');
    return client;
  }

  /** Waits for the n-th client to have started. */
  async clientAt(index: number): Promise<Client> {
    await until(`client ${index}`, () => this.clients[index]?.received.some(([kind]) => kind === '71'));
    return this.clients[index] as Client;
  }

  async close(): Promise<void> {
    for (const { socket } of this.clients) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #serve(socket: Socket): void {
    const received: (readonly string[])[] = [];
    let rest = Buffer.alloc(0) as Buffer;
    let greeted = false;
    let bytes = 0;
    const send = (...fields: readonly WireField[]): void => {
      socket.write(frame(fields));
    };
    const client: Client = {
      socket,
      received,
      get bytes() {
        return bytes;
      },
      send,
    };
    this.clients.push(client);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      bytes += data.length;
      rest = Buffer.concat([rest, data]);
      if (!greeted) {
        // "API", a zero byte, and the versions that the client speaks, framed.
        if (rest.length < 8 || rest.length < 8 + rest.readUInt32BE(4)) return;
        rest = rest.subarray(8 + rest.readUInt32BE(4));
        greeted = true;
        if (this.greeting.hello !== undefined) socket.write(this.greeting.hello);
        else send(this.greeting.serverVersion ?? 193, '20240110 12:00:00 EST');
      }
      rest = split(rest, (fields) => {
        received.push(fields);
        if (fields[0] === '71') for (const message of this.greeting.start ?? welcome) send(...message);
        if (fields[0] === '49' && this.greeting.pulse !== false) send(49, 1, 1_704_888_000);
      });
    });
  }
}

const welcome = [
  [15, 1, 'DU1'],
  [9, 1, 100],
] as const;
