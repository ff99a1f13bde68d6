import { systemClock } from '@mikrobot/core';
import { afterEach } from 'vitest';
import type { Line } from '../line/line.js';
import { openLine } from '../line/open-line.js';
import { FrameServer, type Greeting } from './frame-server.js';

/** Servers, and lines to them, that are closed after each test of the file that calls this. */
export const lineBench = (): {
  readonly serve: (greeting?: Greeting) => Promise<FrameServer>;
  readonly open: (server: FrameServer, more?: { readonly connectTimeout?: number }) => Promise<Line>;
  readonly pair: () => Promise<{ readonly server: FrameServer; readonly line: Line }>;
} => {
  const servers: FrameServer[] = [];
  const lines: Line[] = [];

  afterEach(async () => {
    for (const line of lines.splice(0)) line.close('end of the test');
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  const serve = async (greeting?: Greeting): Promise<FrameServer> => {
    const server = await FrameServer.listen(greeting);
    servers.push(server);
    return server;
  };

  const open = async (
    server: FrameServer,
    more: { readonly connectTimeout?: number } = {},
  ): Promise<Line> => {
    const line = await openLine({
      host: '127.0.0.1',
      port: server.port,
      clientId: 7,
      clock: systemClock(),
      ...more,
    });
    lines.push(line);
    return line;
  };

  const pair = async (): Promise<{ server: FrameServer; line: Line }> => {
    const server = await serve();
    return { server, line: await open(server) };
  };

  return { serve, open, pair };
};

/** Why a line ends. */
export const ended = (line: Line): Promise<string> => new Promise((resolve) => line.onEnd(resolve));
