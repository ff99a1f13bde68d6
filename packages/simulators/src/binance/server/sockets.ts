import type { WebSocket } from 'ws';
import type { BuiltVenue } from './build-venue.js';
import { StreamLine } from './stream-line.js';
import { serveWsApi } from './ws-api.js';

/** Streams of futures that come by `/public`; the others come by `/market` ("Important WebSocket Change Notice"). */
const isPublic = (stream: string): boolean => {
  const kind = stream.startsWith('!') ? stream.slice(1) : (stream.split('@')[1] ?? '');
  return /^(bookTicker|depth|rpiDepth)/.test(kind);
};

/** Opens what a WebSocket was connected for. */
export type Opener = (socket: WebSocket) => void;

const names = (text: string): readonly string[] => text.split('/').filter((name) => name !== '');

/** What a path of a stream connection says: `/ws/<names>` or `/stream?streams=<names>`. */
const streamsOf = (path: string, query: URLSearchParams) => {
  const raw = /^\/ws(?:\/(.*))?$/.exec(path);
  if (raw !== null) return { combined: false, streams: names(decodeURIComponent(raw[1] ?? '')) };
  if (path === '/stream') return { combined: true, streams: names(query.get('streams') ?? '') };
  return undefined;
};

const spotOpener = (venue: BuiltVenue, path: string, query: URLSearchParams): Opener | undefined => {
  if (path === '/ws-api/v3') return (socket) => serveWsApi(venue, venue.lines.add(socket, 'api'), query);
  const asked = streamsOf(path, query);
  if (asked === undefined) return undefined;
  const carries = (): boolean => true;
  return (socket) => void new StreamLine(venue, venue.lines.add(socket, 'market'), { ...asked, carries });
};

const futuresOpener = (venue: BuiltVenue, path: string, query: URLSearchParams): Opener | undefined => {
  if (path === '/ws-fapi/v1') return (socket) => serveWsApi(venue, venue.lines.add(socket, 'api'), query);
  const [, way = '', rest = ''] = /^\/(public|market|private)(\/.*)$/.exec(path) ?? [];
  const asked = streamsOf(rest, query);
  if (asked === undefined) return undefined;
  if (way !== 'private') {
    const carries = (stream: string): boolean => isPublic(stream) === (way === 'public');
    return (socket) => void new StreamLine(venue, venue.lines.add(socket, 'market'), { ...asked, carries });
  }
  // What is no listen key is never told on a private connection.
  const key = query.get('listenKey');
  const streams = key === null ? asked.streams : [...asked.streams, key];
  const carries = (stream: string): boolean => !stream.includes('@');
  return (socket) =>
    void new StreamLine(venue, venue.lines.add(socket, 'user'), { ...asked, streams, carries });
};

/** How a WebSocket to a path is served; undefined when there is nothing at it. */
export const openerOf = (
  spot: BuiltVenue | undefined,
  futures: BuiltVenue | undefined,
  url: string,
): { readonly venue: BuiltVenue; readonly open: Opener } | undefined => {
  const { pathname, searchParams } = new URL(url, 'ws://localhost');
  const found = [
    { venue: spot, opener: spotOpener },
    { venue: futures, opener: futuresOpener },
  ];
  for (const { venue, opener } of found) {
    const open = venue && opener(venue, pathname, searchParams);
    if (venue !== undefined && open !== undefined) return { venue, open };
  }
  return undefined;
};
