import { WebSocket } from 'ws';

/** A WebSocket as a client has it, with its messages in order of arrival. */
export class WsClient {
  readonly messages: string[] = [];
  readonly pings: string[] = [];
  readonly socket: WebSocket;
  /** Resolves with the code that the connection was closed with. */
  readonly closed: Promise<number>;
  #wake: () => void = () => undefined;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data) => {
      this.messages.push(String(data));
      this.#wake();
    });
    socket.on('ping', (data) => {
      this.pings.push(String(data));
      this.#wake();
    });
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => socket.on('close', (code) => resolve(code)));
  }

  static async open(url: string): Promise<WsClient> {
    const client = new WsClient(new WebSocket(url));
    await new Promise((resolve, reject) => {
      client.socket.once('open', resolve);
      client.socket.once('error', reject);
    });
    return client;
  }

  send(value: unknown): void {
    this.socket.send(typeof value === 'string' ? value : JSON.stringify(value));
  }

  /** The first message that fits, of those that came and of those to come. */
  async next(fits: (message: Record<string, unknown>) => boolean): Promise<Record<string, unknown>> {
    const text = await this.until(() => this.messages.find((message) => fits(JSON.parse(message))));
    return JSON.parse(text) as Record<string, unknown>;
  }

  /** Sends a request and waits for its answer. */
  ask(request: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
    this.send(request);
    return this.next((message) => message.id === request.id);
  }

  /** Waits for the ping that answers nothing but tells that all before it was heard. */
  async settle(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.socket.once('pong', () => resolve());
      this.socket.ping();
    });
  }

  /** Waits until `find` finds something, looking again after each message or ping. */
  async until<T>(find: () => T | undefined): Promise<T> {
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  close(): void {
    this.socket.terminate();
  }
}
