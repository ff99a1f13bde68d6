import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildProgram, type Program } from './build/build-program.js';
import { hasCompiler } from './build/compiler.js';
import { startTerminal, type TerminalOptions } from './run/start-terminal.js';

const compiler = hasCompiler();
if (!compiler) console.info('skipped, the network of the MQL5 host: g++ is not installed');

const source = join(import.meta.dirname, 'test-programs', 'NetworkProbe.mq5');
const noTicks = join(import.meta.dirname, 'testing', 'one-tick.csv');

let program: Program;
let server: Server | undefined;
const sockets = new Set<Socket>();

const listen = async (made: Server): Promise<number> => {
  server = made;
  made.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => {
    made.listen(0, '127.0.0.1', resolve);
  });
  return (made.address() as AddressInfo).port;
};

const serveWeb = async (listener: RequestListener): Promise<string> =>
  `http://127.0.0.1:${await listen(createHttpServer(listener))}`;

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  await new Promise<void>((resolve) => {
    if (server === undefined) resolve();
    else server.close(() => resolve());
  });
  server = undefined;
});

/** Runs the probe in the tester, which may use the network, and gives what it printed. */
const probe = async (
  inputs: NonNullable<TerminalOptions['inputs']>,
  more: readonly string[] = ['--tester-network', '1'],
  allowUrls: readonly string[] = ['http://127.0.0.1'],
): Promise<readonly string[]> => {
  const terminal = await startTerminal({ program, ticks: noTicks, inputs, allowUrls, more });
  expect(await terminal.exited).toEqual({ code: 0, signal: undefined });
  return terminal.lines.map((line) => line.slice(line.indexOf('\t') + 1));
};

describe.skipIf(!compiler)('the network of the host', () => {
  beforeAll(async () => {
    program = await buildProgram(source);
  }, 300_000);

  it.each([
    ['at once', [], 1],
    ['in parts, where sends are short', ['--socket-chunk', '4'], 2],
  ])('sends a line %s, and reads what comes up to the end', async (_, chunk, calls) => {
    const port = await listen(
      createServer((socket) => {
        let got = '';
        socket.on('data', (data) => {
          got += data;
          if (got.endsWith('\n')) socket.end(`${got.trim()} you`);
        });
      }),
    );
    expect(await probe({ InpDo: 'socket', InpPort: port }, ['--tester-network', '1', ...chunk])).toEqual([
      `sent 6 calls ${calls} writable true`,
      'answer hello you first 4',
      'after the end -1 error 5273 connected false',
    ]);
  });

  it('waits for as long as it was told where nothing comes, and stays connected', async () => {
    const port = await listen(createServer(() => undefined));
    const from = performance.now();
    // The terminal claims one byte the first time it is asked about an empty buffer.
    expect(await probe({ InpDo: 'silence', InpPort: port, InpTimeout: 300 })).toEqual([
      'claims 1 then 0, read -1, connected true',
    ]);
    expect(performance.now() - from).toBeGreaterThanOrEqual(299);
  });

  it('sends a part where nobody reads, and tells how much', async () => {
    const port = await listen(createServer((socket) => socket.pause()));
    expect(await probe({ InpDo: 'big', InpPort: port })).toEqual([
      'timeouts true',
      'part true connected true',
    ]);
  });

  it('says that it has no TLS', async () => {
    const port = await listen(createServer(() => undefined));
    expect(await probe({ InpDo: 'tls', InpPort: port })).toEqual([
      'handshake false error 5274',
      'tls read -1 error 5275',
    ]);
  });

  it('opens 128 sockets and no more, and knows a handle that is closed', async () => {
    expect(await probe({ InpDo: 'handles' })).toEqual([
      'sockets 128 error 5271',
      'closed true again false error 5270',
    ]);
  });

  it.each([
    [
      'an address that the user did not allow',
      { InpHost: '127.0.0.2', InpPort: 9 },
      'not connected, error 4014',
    ],
    ['a port where nobody listens', { InpPort: 1 }, 'not connected, error 5272'],
  ])('does not connect to %s', async (_, inputs, said) => {
    expect(await probe({ InpDo: 'socket', ...inputs })).toEqual([said]);
  });

  it('has no network in the tester, unless it was asked for', async () => {
    expect(await probe({ InpDo: 'socket', InpPort: 1 }, [])).toEqual(['no socket, error 4014']);
    expect((await probe({ InpDo: 'web', InpUrl: 'http://127.0.0.1/' }, []))[0]).toBe('status -1 error 4014');
  });

  it.each([
    ['chunks', false],
    ['a length', true],
  ])('posts headers and a body, and reads an answer of %s', async (_, length) => {
    const url = await serveWeb((request, response) => {
      let got = '';
      request.on('data', (data) => {
        got += data;
      });
      request.on('end', () => {
        const { method, url: path, headers } = request;
        const text = [method, path, headers['x-one'], headers['x-two'], got].join(' ');
        response.setHeader('X-Answer', 'yes');
        if (length) response.setHeader('Content-Length', text.length);
        response.writeHead(201);
        response.write(text.slice(0, 5));
        response.end(text.slice(5));
      });
    });
    expect(await probe({ InpDo: 'web', InpUrl: `${url}/a/b?c=d` })).toEqual([
      'status 201 error 0',
      'body POST /a/b?c=d 1 2 {"a":1}',
      'headers true',
    ]);
  });

  it('has the older form with a cookie and a referer', async () => {
    const url = await serveWeb(({ headers }, response) => {
      response.end(
        [headers.cookie, headers.referer, headers['content-type'], headers['content-length']].join(' '),
      );
    });
    expect((await probe({ InpDo: 'form', InpUrl: url })).slice(0, 2)).toEqual([
      'status 200 error 0',
      'body c=1 http://there/ application/x-www-form-urlencoded 7',
    ]);
  });

  it.each([
    ['https', 'https://127.0.0.1/', 'status -1 error 5200'],
    ['an address that the user did not allow', 'http://127.0.0.2/', 'status -1 error 4014'],
    ['a port where nobody listens', 'http://127.0.0.1:1/', 'status -1 error 5201'],
  ])('refuses %s', async (_, url, said) => {
    expect((await probe({ InpDo: 'web', InpUrl: url }))[0]).toBe(said);
  });

  it('tells status 1001 where no answer comes in time, and error 5203 where it breaks off', async () => {
    const silent = await serveWeb(() => undefined);
    const from = performance.now();
    expect((await probe({ InpDo: 'web', InpUrl: silent, InpTimeout: 300 }))[0]).toBe(
      'status 1001 error 5202',
    );
    expect(performance.now() - from).toBeGreaterThanOrEqual(299);
    server?.close();
    const broken = await serveWeb((request, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('half');
      setImmediate(() => request.socket.destroy());
    });
    expect((await probe({ InpDo: 'web', InpUrl: broken }))[0]).toBe('status -1 error 5203');
  });
});
