import { type AddressInfo, connect, createServer } from 'node:net';

/** A wire between a client and TWS that keeps what the client says. */
export interface Recorder {
  /** Where the client connects to. */
  readonly port: number;
  /** Messages of the client as fields, the greeting left out. */
  messages(): readonly (readonly string[])[];
  close(): Promise<void>;
}

/** @param port - of TWS */
export const record = async (port: number): Promise<Recorder> => {
  const heard: Buffer[] = [];
  const server = createServer((client) => {
    const tws = connect(port, '127.0.0.1');
    client.on('data', (chunk) => heard.push(chunk));
    for (const [from, to] of [
      [client, tws],
      [tws, client],
    ] as const) {
      from.pipe(to);
      from.on('error', () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    messages() {
      const bytes = Buffer.concat(heard).subarray(4);
      const messages: string[][] = [];
      for (let at = 0; at < bytes.length; ) {
        const end = at + 4 + bytes.readUInt32BE(at);
        messages.push(bytes.toString('utf8', at + 4, end - 1).split('\0'));
        at = end;
      }
      return messages.slice(1);
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
};
