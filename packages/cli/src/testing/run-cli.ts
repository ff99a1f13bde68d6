import { runCli } from '../cli.js';
import type { Output } from '../io.js';

/** What a command wrote, and the code it ended with. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Keeps what is written. */
export class Kept implements Output {
  text = '';
  readonly isTTY: boolean;
  readonly columns = 100;

  constructor(isTTY = false) {
    this.isTTY = isTTY;
  }

  write(text: string): boolean {
    this.text += text;
    return true;
  }

  once(): void {
    // It is never full, so nobody waits for it.
  }
}

/** Runs a command line in this process. */
export const inProcess = async (args: readonly string[]): Promise<Ended> => {
  const out = new Kept();
  const err = new Kept();
  const code = await runCli(args, { out, err });
  return { code, out: out.text, err: err.text };
};
