import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'tsup';

/** The two programs of the kill test, each in one file: a bot is started a thousand times. */
export interface Bundle {
  readonly child: string;
  readonly venue: string;
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
    entry: { child: join(here, 'child.ts'), venue: join(here, 'venue/main.ts') },
    outDir: folder,
    format: 'esm',
    target: 'node20',
    platform: 'node',
    removeNodeProtocol: false,
    noExternal: [/^(?!libsql)/],
    external: ['libsql'],
    splitting: false,
    outExtension: () => ({ js: '.mjs' }),
    esbuildOptions: (options) => {
      options.conditions = ['@mikrobot/source', 'import', 'node'];
    },
  });
  return {
    child: join(folder, 'child.mjs'),
    venue: join(folder, 'venue.mjs'),
    room: () => mkdtempSync(join(folder, 'world-')),
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
};
