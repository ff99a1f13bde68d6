import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { CommonFolder, fourPhase, ProposalBook } from './testing/common-folder.js';
import { watchSignalFile } from './watch-signal-file.js';

const writer = fileURLToPath(new URL('testing/torn-writer.mjs', import.meta.url));
const seconds = Number(process.env.TORN_SECONDS ?? 20);

describe('a writer that rewrites its file every 10 ms, in two halves', () => {
  it('has every whole signal proposed once, and no half of one', async () => {
    const folder = new CommonFolder();
    const bot = new ProposalBook();
    const time = new Date().toISOString();
    const signal = fourPhase('{id}', { phase_4: { ...fourPhase('').phase_4, time } });
    const reader = watchSignalFile({
      bot: bot as never,
      folder: folder.path,
      every: 3,
      maxAge: 600_000,
      waitForDecision: 1,
    });
    const [file, responses] = ['signal', 'response'].map((name) =>
      join(folder.path, `mikrobot_4phase_${name}.json`),
    ) as [string, string];
    const args = [writer, file, responses, String(seconds), JSON.stringify(signal)];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    reader.close();
    const told = JSON.parse(stdout) as {
      readonly whole: readonly string[];
      readonly torn: readonly string[];
    };
    const proposed = bot.proposed.map(({ draft }) => draft.tags?.correlation);
    console.info(
      `${told.whole.length} whole signals, ${told.torn.length} never whole; ${proposed.length} proposed;`,
      JSON.stringify(reader.counts),
    );
    expect(told.whole.length).toBeGreaterThan(seconds);
    expect(proposed).toEqual(told.whole);
    folder.remove();
  }, 120_000);
});
