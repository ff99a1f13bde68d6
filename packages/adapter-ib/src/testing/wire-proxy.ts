import { connect, createServer, type Server, type Socket } from 'node:net';

/** A frame that a client was sent, with its four bytes of length. */
export type SaidFrame = (frame: Buffer, kind: number) => void;

/** Cuts bytes into frames for a judge, by means of its own; undefined once they are none. */
class Judge {
  #rest: Buffer | undefined = Buffer.alloc(0);
  #isFirst = true;

  push(data: Buffer, said: SaidFrame): void {
    if (this.#rest === undefined) return;
    let rest = this.#rest.length === 0 ? data : Buffer.concat([this.#rest, data]);
    while (rest.length >= 4) {
      const length = rest.readUInt32BE(0);
      if (length === 0 || length > 0xff_ff_ff) {
        this.#rest = undefined;
        return;
      }
      if (rest.length < 4 + length) break;
      const frame = Buffer.from(rest.subarray(0, 4 + length));
      rest = rest.subarray(4 + length);
      // The first is the version, and no message.
      if (!this.#isFirst) said(frame, Number.parseInt(frame.toString('latin1', 4, 10), 10));
      this.#isFirst = false;
    }
    this.#rest = Buffer.from(rest);
  }
}

/** What a {@link WireProxy} tells. */
export interface ProxyListener {
  /** TWS said it. */
  readonly true: SaidFrame;
  /** The client was told it: by TWS, by the test, or put together from both. */
  readonly said: SaidFrame;
}

/** Stands between a client and TWS: sees what TWS says, and says things of its own to the client. */
export class WireProxy {
  readonly #target: number;
  readonly #listener: ProxyListener;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #say: ((bytes: Buffer) => void) | undefined;
  /** Clients that have come. */
  joins = 0;

  private constructor(target: number, listener: ProxyListener) {
    this.#target = target;
    this.#listener = listener;
    this.#server = createServer((client) => this.#join(client));
  }

  /** @param target - port of TWS */
  static async before(target: number, listener: ProxyListener): Promise<WireProxy> {
    const proxy = new WireProxy(target, listener);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as { readonly port: number }).port;
  }

  /** Says bytes to the client that came last. */
  inject(bytes: Buffer): void {
    this.#say?.(bytes);
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(client: Socket): void {
    this.joins += 1;
    const server = connect(this.#target, '127.0.0.1');
    const [heard, told] = [new Judge(), new Judge()];
    const say = (bytes: Buffer): void => {
      if (client.destroyed || !client.writable) return;
      client.write(bytes);
      told.push(bytes, this.#listener.said);
    };
    this.#say = say;
    for (const [socket, other] of [[client, server] as const, [server, client] as const]) {
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
    }
    client.on('data', (data) => server.write(data));
    server.on('data', (data) => {
      heard.push(data, this.#listener.true);
      say(data);
    });
  }
}
