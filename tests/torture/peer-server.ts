import { writeSync } from 'node:fs';
import { lineCutter } from './lines.js';

/** A question of the judge to one of its processes. */
export interface PeerQuestion {
  readonly n: number;
  readonly do: string;
  readonly [name: string]: unknown;
}

/** Writes a line to the judge before it returns: the next statement may be the process's last. */
export const tell = (message: object): void => {
  const bytes = Buffer.from(`${JSON.stringify(message)}\n`);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      // A full pipe says so; the judge is reading it.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
};

/** Answers the judge's questions, now or later, which come as lines on standard input. The process ends when the judge does. */
export const servePeer = (answer: (question: PeerQuestion) => unknown): void => {
  const cut = lineCutter((line) => {
    const question = JSON.parse(line) as PeerQuestion;
    const { n } = question;
    const given = answer(question);
    if (given instanceof Promise) void given.then((late) => tell({ n, answer: late }));
    else tell({ n, answer: given });
  });
  process.stdin.setEncoding('utf8');
  process.stdin.on('data', (chunk: string) => cut(chunk));
  process.stdin.on('end', () => process.exit(0));
};
