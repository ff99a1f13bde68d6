import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'tsup';
import type { VenueName } from './venues.js';

/** The programs of the kill test, each in one file: a bot is started a thousand times. */
export interface Bundle {
  readonly child: string;
  readonly venues: Readonly<Record<VenueName, string>>;
  /** A new folder for what a world writes. */
  room(): string;
  /** Removes the files, with every room. */
  dispose(): void;
}

const here = import.meta.dirname;

/** Bundles the programs from source. */
export const bundle = async (): Promise<Bundle> => {
  // Inside node_modules, so that what cannot be bundled (native code) is found from there.
  const folder = mkdtempSync(join(here, '../../node_modules/.torture-'));
  await build({
    config: false,
    silent: true,
    entry: {
      child: join(here, 'child.ts'),
      toy: join(here, 'venue/toy/main.ts'),
      binance: join(here, 'venue/binance/main.ts'),
      ib: join(here, 'venue/ib/main.ts'),
    },
    outDir: folder,
    format: 'esm',
    target: 'node20',
    platform: 'node',
    removeNodeProtocol: false,
    noExternal: [/^(?!(libsql|ws|@stoqey\/ib)$)/],
    external: ['libsql', 'ws', '@stoqey/ib'],
    splitting: false,
    outExtension: () => ({ js: '.mjs' }),
    esbuildOptions: (options) => {
      options.conditions = ['@mikrobot/source', 'import', 'node'];
    },
  });
  const [toy, binance, ib] = ['toy', 'binance', 'ib'].map((name) => join(folder, `${name}.mjs`)) as [
    string,
    string,
    string,
  ];
  return {
    child: join(folder, 'child.mjs'),
    venues: { toy, 'binance-futures': binance, 'binance-spot': binance, ib },
    room: () => mkdtempSync(join(folder, 'world-')),
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
};
