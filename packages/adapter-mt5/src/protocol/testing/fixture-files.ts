import { LINE_LIMIT } from '../fields.js';
import { macOf } from '../mac.js';
import { eaExamples } from './ea-examples.js';
import { invalidExamples } from './invalid-examples.js';
import { nodeExamples } from './node-examples.js';

const secret = 'an example of a secret';
const nonceS = '000102030405060708090a0b0c0d0e0f';
const nonceC = 'f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff';
const secrets = [secret, 'Öffne dich, Sesam! 0123456789', 'x'.repeat(64), 'y'.repeat(65)];

const macs = secrets.flatMap((one) =>
  (['ea', 'node'] as const).map((role) => {
    const parts = { role, nonceS, nonceC, account: '5000001' } as const;
    return { secret: one, ...parts, mac: macOf(one, parts) };
  }),
);

const ts = 1_704_895_200_000;
const lines = [
  ...nodeExamples.map(({ name, ...rest }) => ({
    name,
    from: 'node',
    line: JSON.stringify({ v: 1, ...rest, ts }),
  })),
  ...eaExamples.map(({ name, ...rest }) => ({
    name,
    from: 'ea',
    line: JSON.stringify({ v: 1, ...rest, ts }),
  })),
];

const file = (content: object): string => `${JSON.stringify(content, undefined, 2)}\n`;

/** What both sides of the protocol are tried with: the text of each file, by its name. */
export const fixtureFiles: Readonly<Record<string, string>> = {
  'valid.json': file({ lineLimit: LINE_LIMIT, lines }),
  'invalid.json': file({ lines: invalidExamples }),
  'macs.json': file({ macs }),
};
