import { tell } from '../../peer-server.js';
import { venueOptionsSchema } from '../options.js';
import { serveVenue } from '../truth.js';
import { Mt5Venue } from './venue.js';

// A trade server and a terminal, each in a process of its own, which outlive the bots that trade on them.

const venue = await Mt5Venue.start(venueOptionsSchema.parse(JSON.parse(process.argv[2] ?? '{}')));
serveVenue(venue);
tell({ tell: 'ready', at: venue.at });
