import { tell } from '../../peer-server.js';
import { venueOptionsSchema } from '../options.js';
import { serveVenue } from '../truth.js';
import { TwsVenue } from './venue.js';

// A simulated TWS in a process of its own, which outlives the bots that trade on it.

const venue = await TwsVenue.start(venueOptionsSchema.parse(JSON.parse(process.argv[2] ?? '{}')));
serveVenue(venue);
tell({ tell: 'ready', at: venue.at });
