import { createServer, type Socket } from 'node:net';
import { lineCutter } from '../../lines.js';
import { tell } from '../../peer-server.js';
import { questionSchema } from '../../wire.js';
import { venueOptionsSchema } from '../options.js';
import { serveVenue } from '../truth.js';
import { Venue } from './venue.js';

// A venue in a process of its own, which outlives the bots that trade on it. The judge speaks to it over its standard streams.

const options = venueOptionsSchema.parse(JSON.parse(process.argv[2] ?? '{}'));
const clients = new Set<Socket>();

const venue = new Venue(
  options,
  (message) => {
    const line = `${JSON.stringify(message)}\n`;
    for (const client of clients) client.write(line);
  },
  () => clients.size > 0,
  () => {
    for (const client of clients) client.destroy();
  },
);

const server = createServer((socket) => {
  socket.setNoDelay(true);
  socket.setEncoding('utf8');
  // A new client takes the place of the one before, whose process may just have died.
  for (const old of clients) if (old.readableEnded) clients.delete(old);
  clients.add(socket);
  venue.met();
  const cut = lineCutter((line) => venue.answer(questionSchema.parse(JSON.parse(line))));
  socket.on('data', (chunk: string) => cut(chunk));
  const gone = (): void => {
    clients.delete(socket);
  };
  socket.on('error', gone).on('close', gone);
});

setInterval(() => {
  for (const client of clients) client.write('{"say":"heartbeat"}\n');
}, 100);

serveVenue(venue);

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  tell({ tell: 'ready', at: { port } });
});
