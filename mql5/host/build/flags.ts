import { join } from 'node:path';

/** How a program is built. */
export interface Flavour {
  /** With AddressSanitizer and UndefinedBehaviorSanitizer. */
  readonly sanitize: boolean;
  /** Counting the lines that run. */
  readonly coverage: boolean;
}

/** Folder of the workspace @mikrobot/mql5. */
export const MQL5_FOLDER = join(import.meta.dirname, '..', '..');
/** Folder of the C++ that every program is linked with. */
export const RUNTIME_FOLDER = join(MQL5_FOLDER, 'host', 'runtime');
/** Folder of everything that is built; it may be deleted at any time. */
export const OUT_FOLDER = join(MQL5_FOLDER, 'out');

const COMMON = ['-std=c++17', '-O1', '-g', '-fwrapv', '-pipe'];

const SANITIZE = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all', '-fno-omit-frame-pointer'];

// Without the sanitizers' library: the runtime holds the function that these checks call.
const ZERO_DIVIDE = ['-fsanitize=integer-divide-by-zero', '-fno-sanitize-recover=integer-divide-by-zero'];

const sanitizing = (flavour: Flavour): string[] => (flavour.sanitize ? SANITIZE : []);

/** For the runtime's own files. */
export const runtimeFlags = (flavour: Flavour): string[] => [
  ...COMMON,
  '-Wall',
  '-Wextra',
  ...sanitizing(flavour),
  '-I',
  RUNTIME_FOLDER,
];

// What MetaEditor warns of, as far as g++ can tell. The runtime counts as a system header: its templates do not warn.
const WARNINGS = [
  '-Wall',
  '-Wextra',
  '-Wconversion',
  '-Wshadow',
  '-Wno-sign-compare',
  '-Wno-sign-conversion',
  '-Wno-unused-parameter',
  '-Wno-unused-function',
  '-Wno-unused-but-set-parameter',
  '-Wno-missing-field-initializers',
  '-Wno-type-limits',
  '-Wno-misleading-indentation',
  '-Wno-deprecated-copy',
  '-Wno-extra',
  '-Wempty-body',
  '-Wuninitialized',
  '-Wmaybe-uninitialized',
];

/** For the C++ that a program of MQL5 becomes. */
export const programFlags = (flavour: Flavour): string[] => [
  ...COMMON,
  '-fpermissive',
  ...WARNINGS,
  ...(flavour.sanitize ? SANITIZE : ZERO_DIVIDE),
  // Optimised lines are counted together with their neighbours.
  ...(flavour.coverage ? ['-O0', '--coverage'] : []),
  '-isystem',
  RUNTIME_FOLDER,
];

/** For the linker. */
export const linkFlags = (flavour: Flavour): string[] => [
  ...sanitizing(flavour),
  ...(flavour.coverage ? ['--coverage'] : []),
  '-lbacktrace',
  '-pthread',
];
