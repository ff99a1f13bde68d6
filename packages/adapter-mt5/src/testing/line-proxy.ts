import { connect, createServer, type Server, type Socket } from 'node:net';

/** Who said a line. */
export type Speaker = 'node' | 'ea';

/** A line of the bridge protocol on its way. */
export interface PassingLine {
  readonly t: string;
  readonly id?: number;
  readonly re?: number;
  readonly d: Readonly<Record<string, unknown>>;
}

/** What becomes of a line: passed on, dropped, or passed on twice. */
export type Fate = 'pass' | 'drop' | 'twice';

interface Joint {
  readonly ea: Socket;
  node: Socket | undefined;
}

/**
 * Stands between the expert advisor and the bridge: cuts the line, and has lines get lost. A connection of the advisor's waits here until
 * the bridge listens, so that nobody waits for its next try.
 */
export class LineProxy {
  /** Decides on each line. */
  fate: (line: PassingLine, speaker: Speaker) => Fate = () => 'pass';
  readonly #target: () => number | undefined;
  readonly #server: Server;
  readonly #joints = new Set<Joint>();
  #isCut = false;
  #waiting: ReturnType<typeof setInterval> | undefined;

  private constructor(target: () => number | undefined) {
    this.#target = target;
    this.#server = createServer((ea) => this.#join(ea));
  }

  /** @param target - the bridge's port, once it has one */
  static async open(target: () => number | undefined): Promise<LineProxy> {
    const proxy = new LineProxy(target);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as { readonly port: number }).port;
  }

  /** Breaks the line. Who connects again waits for {@link restore}. */
  cut(): void {
    this.#isCut = true;
    for (const { ea, node } of this.#joints) {
      ea.destroy();
      node?.destroy();
    }
  }

  restore(): void {
    this.#isCut = false;
    this.#connectAll();
  }

  async close(): Promise<void> {
    clearInterval(this.#waiting);
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(ea: Socket): void {
    const joint: Joint = { ea, node: undefined };
    this.#joints.add(joint);
    ea.setNoDelay(true);
    ea.on('error', () => ea.destroy());
    ea.on('close', () => {
      this.#joints.delete(joint);
      joint.node?.destroy();
    });
    this.#waiting ??= setInterval(() => this.#connectAll(), 3);
  }

  #connectAll(): void {
    const port = this.#target();
    if (this.#isCut || port === undefined) return;
    for (const joint of this.#joints) if (joint.node === undefined) this.#connect(joint, port);
  }

  #connect(joint: Joint, port: number): void {
    const { ea } = joint;
    const node = connect(port, '127.0.0.1');
    joint.node = node;
    let opened = false;
    node.setNoDelay(true);
    node.on('connect', () => {
      opened = true;
      relay(ea, node, (line) => this.fate(line, 'ea'));
    });
    node.on('error', () => node.destroy());
    node.on('close', () => {
      // It does not listen yet: the advisor need not know.
      if (opened) ea.destroy();
      else joint.node = undefined;
    });
    relay(node, ea, (line) => this.fate(line, 'node'));
  }
}

const relay = (from: Socket, to: Socket, fateOf: (line: PassingLine) => Fate): void => {
  let rest = '';
  from.setEncoding('utf8');
  from.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() as string;
    let passed = '';
    for (const line of lines) {
      const fate = fateOf(JSON.parse(line));
      if (fate !== 'drop') passed += `${line}\n`;
      if (fate === 'twice') passed += `${line}\n`;
    }
    if (passed !== '' && to.writable) to.write(passed);
  });
};
