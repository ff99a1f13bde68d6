import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildProgram } from '@mikrobot/mql5';
import { build } from 'tsup';
import type { VenueName } from './venues.js';

/** The programs of the kill test, each in one file: a bot is started a thousand times. */
export interface Bundle {
  readonly child: string;
  readonly venues: Readonly<Record<VenueName, string>>;
  /** The executable of a terminal with the bridge in it; built the first time. @throws `BuildError`; `MikroBotError` without g++ */
  terminal(): Promise<string>;
  /** A new folder for what a world writes. */
  room(): string;
  /** Removes the files, with every room. */
  dispose(): void;
}

const here = import.meta.dirname;
const BRIDGE = join(here, '../../mql5/Experts/MikroBot_Bridge.mq5');

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
      mt5: join(here, 'venue/mt5/main.ts'),
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
  const fileOf = (name: string): string => join(folder, `${name}.mjs`);
  const binance = fileOf('binance');
  let terminal: Promise<string> | undefined;
  return {
    child: fileOf('child'),
    venues: {
      toy: fileOf('toy'),
      'binance-futures': binance,
      'binance-spot': binance,
      ib: fileOf('ib'),
      mt5: fileOf('mt5'),
    },
    terminal() {
      terminal ??= buildProgram(BRIDGE).then(({ binary }) => binary);
      return terminal;
    },
    room: () => mkdtempSync(join(folder, 'world-')),
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
};
