import * as z from 'zod';
import * as f from './fields.js';

const version = z.number().int().min(1).max(1_000).meta({ wire: 'integer' });

/** What Node says without asking anything. */
export const nodeNotices = {
  challenge: z.object({ nonce: f.nonce, protoMin: version, protoMax: version }),
  welcome: z.object({
    proto: version.describe('The version that both speak from now on.'),
    mac: f.macText,
    resumeFrom: f.count
      .nullable()
      .meta({ wire: 'integer or null' })
      .describe('The first trade event that is wanted again; null: none.'),
    now: f.nodeTime,
  }),
  bye: z.object({ code: f.text.describe('See the reasons below.'), detail: f.text }),
  beat: z.object({ now: f.nodeTime }),
} as const;

/** The name of such a line. */
export type NodeNotice = keyof typeof nodeNotices;

/** What each of them says. */
export type NodeNotices = { readonly [T in NodeNotice]: Readonly<z.input<(typeof nodeNotices)[T]>> };
