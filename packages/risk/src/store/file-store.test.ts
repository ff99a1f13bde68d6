import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MikroBotError, type PolicyStore, type SavedPolicies } from '@mikrobot/core';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { fileStore } from './file-store.js';
import { memoryStore } from './memory-store.js';

const root = mkdtempSync(join(tmpdir(), 'mikrobot-store-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(root, 'f-'));
  file = join(folder, 'policies.json');
});

const latched: SavedPolicies = {
  killSwitch: { state: { latched: [{ symbol: 'EURUSD', by: 'Ängla', reason: 'it "felt" wrong' }] } },
  dailyLoss: {
    state: { start: 10_000 },
    settings: { from: { fraction: 0.05 }, to: { fraction: 0.04 }, by: 'ann', at: 1_700_000_000_000 },
  },
};

const thrown = (action: () => unknown): MikroBotError => {
  try {
    action();
  } catch (error) {
    if (error instanceof MikroBotError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

/** What loading a file with this text says. */
const loading = (text: string | Uint8Array): MikroBotError => {
  writeFileSync(file, text);
  return thrown(() => fileStore(file).load());
};

const sealed = (body: string, version = 1): string =>
  `{"version":${version},"sha256":"${createHash('sha256').update(body).digest('hex')}","policies":${body}}\n`;

describe.each<[string, () => PolicyStore]>([
  ['a file', () => fileStore(file)],
  ['memory', () => memoryStore()],
])('a store in %s', (_name, make) => {
  it('knows nothing before the first save', () => {
    expect(make().load()).toBeUndefined();
  });

  it('gives back what was saved last', () => {
    const store = make();
    store.save({ killSwitch: { state: 'older' } });
    store.save(latched);
    expect(store.load()).toEqual(latched);
  });

  it('keeps a copy, which later changes do not reach', () => {
    const store = make();
    const state = { count: 1 };
    store.save({ policy: { state } });
    state.count = 2;
    expect(store.load()).toEqual({ policy: { state: { count: 1 } } });
  });

  it('gives back any JSON as it was', () => {
    const store = make();
    const states = fc.dictionary(fc.string(), fc.record({ state: fc.jsonValue() }));
    fc.assert(
      fc.property(states, (saved) => {
        store.save(saved);
        expect(JSON.stringify(store.load())).toBe(JSON.stringify(saved));
      }),
      { numRuns: 30 },
    );
  });
});

describe('the file of a store', () => {
  it('is read again by another process that opens it', () => {
    fileStore(file).save(latched);
    expect(fileStore(file).load()).toEqual(latched);
  });

  it('is JSON with a version and the SHA-256 of the state', () => {
    fileStore(file).save(latched);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      version: 1,
      sha256: createHash('sha256').update(JSON.stringify(latched)).digest('hex'),
      policies: latched,
    });
  });

  it('may be read by its owner alone, even where an older one was open to all', () => {
    writeFileSync(file, '');
    chmodSync(file, 0o666);
    fileStore(file).save(latched);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('is the only one left in its folder', () => {
    const store = fileStore(file);
    store.save(latched);
    store.save(latched);
    expect(readdirSync(folder)).toEqual(['policies.json']);
  });

  it('takes away what a process left that died while saving', () => {
    fileStore(file).save(latched);
    writeFileSync(`${file}.tmp`, '{"version":1,"sha');
    expect(fileStore(file).load()).toEqual(latched);
    expect(readdirSync(folder)).toEqual(['policies.json']);
  });

  it('does not take an unfinished first save for a state', () => {
    writeFileSync(`${file}.tmp`, sealed(JSON.stringify(latched)));
    expect(fileStore(file).load()).toBeUndefined();
    expect(existsSync(`${file}.tmp`)).toBe(false);
  });

  it('does not write through a link that stands where it writes beside', () => {
    const victim = join(folder, 'victim');
    writeFileSync(victim, 'untouched');
    symlinkSync(victim, `${file}.tmp`);
    fileStore(file).save(latched);
    expect(readFileSync(victim, 'utf8')).toBe('untouched');
    expect(fileStore(file).load()).toEqual(latched);
  });
});

describe('a file that cannot be trusted', () => {
  it('is refused at whatever byte it was torn', () => {
    fileStore(file).save(latched);
    const whole = readFileSync(file);
    for (let length = 0; length < whole.length; length++)
      expect(loading(whole.subarray(0, length)).code, `cut at ${length}`).toBe('BAD_STORE');
  });

  it('is refused whichever byte was changed', () => {
    fileStore(file).save(latched);
    const whole = readFileSync(file);
    for (let at = 0; at < whole.length; at++) {
      const changed = Uint8Array.from(whole);
      changed[at] = (changed[at] as number) ^ 0x01;
      expect(loading(changed).code, `byte ${at}`).toBe('BAD_STORE');
    }
  });

  it('is refused when it is empty, and says what to do', () => {
    const error = loading('');
    expect(error.message).toContain(file);
    expect(error.message).toContain('torn');
    expect(error.message).toContain('Restore it from a backup');
  });

  it('is refused when a latch was edited away', () => {
    fileStore(file).save(latched);
    const edited = readFileSync(file, 'utf8').replace('"symbol":"EURUSD"', '"symbol":"GBPUSD"');
    expect(loading(edited).message).toContain('checksum');
  });

  it('is refused when it was laid out anew, though it says the same', () => {
    fileStore(file).save(latched);
    const pretty = JSON.stringify(JSON.parse(readFileSync(file, 'utf8')), undefined, 2);
    expect(loading(pretty).message).toContain('checksum');
  });

  it('is refused with its version when that is unknown', () => {
    expect(loading(sealed('{}', 2)).message).toContain('of version 2; this package reads version 1');
  });

  it.each(['null', '[]', '7', '"x"', '{"killSwitch":7}', '{"killSwitch":{"stat":1}}'])(
    'is refused when it holds %s, which no bot saved',
    (body) => {
      expect(loading(sealed(body)).message).toContain('not that of policies');
    },
  );

  it.each(['null', '[]', '7', '{}'])('is refused when it is another JSON: %s', (text) => {
    expect(loading(text).code).toBe('BAD_STORE');
  });

  it('is refused when it is a folder', () => {
    mkdirSync(file);
    expect(thrown(() => fileStore(file).load()).message).toContain('cannot be read');
  });

  it('is told of at once when its folder is missing', () => {
    const error = thrown(() => fileStore(join(folder, 'no', 'policies.json')).load());
    expect([error.code, error.hint]).toEqual(['BAD_STORE', `Create ${join(folder, 'no')}.`]);
  });
});

describe('a save that fails', () => {
  it('throws, names the file and leaves the older state', () => {
    const store = fileStore(file);
    store.save(latched);
    // A folder where the file beside should be stands for a disk that does not take it.
    mkdirSync(`${file}.tmp`);
    const error = thrown(() => store.save({}));
    expect([error.code, error.where]).toEqual(['BAD_STORE', file]);
    rmSync(`${file}.tmp`, { recursive: true });
    expect(store.load()).toEqual(latched);
  });

  it('throws when the folder is gone', () => {
    const store = fileStore(file);
    rmSync(folder, { recursive: true });
    expect(thrown(() => store.save(latched)).code).toBe('BAD_STORE');
  });
});
