import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How a disk fails; errors by their number (`os.constants.errno`). Left out: it does not. */
export interface Faults {
  /** Bytes by which files may still grow: then ENOSPC, as on a full disk. What a file has already may be overwritten. */
  readonly space?: number;
  /** Writes fail with `writeError` after so many more. */
  readonly writesLeft?: number;
  readonly writeError?: number;
  /** fsync fails with `syncError` after so many more. */
  readonly syncsLeft?: number;
  readonly syncError?: number;
  /** Opening a file for writing fails. */
  readonly openError?: number;
  readonly readError?: number;
  /** fsync says yes and does nothing: a disk that lies. */
  readonly lie?: boolean;
  /** So many writes and fsyncs fail, then they work again. Default: for ever. */
  readonly times?: number;
}

/** The bytes of `struct control` in disk-shim.c. */
const controlOf = (faults: Faults): Buffer => {
  const none = -1;
  const fields = [
    faults.space ?? none,
    faults.writesLeft ?? (faults.writeError === undefined ? none : 0),
    faults.writeError ?? 0,
    faults.syncsLeft ?? (faults.syncError === undefined ? none : 0),
    faults.syncError ?? 0,
    faults.openError ?? 0,
    faults.readError ?? 0,
    faults.lie ? 1 : 0,
    faults.times ?? none,
  ];
  return Buffer.from(BigInt64Array.from(fields, BigInt).buffer);
};

/** Changes how the disk of a running process fails: give the path of its control file. */
export const setFaults = (control: string, faults: Faults): void =>
  writeFileSync(control, controlOf(faults), { flag: 'r+' });

let built: { readonly library: string } | { readonly missing: string } | undefined;

/** Compiles the library, once for each version of its source; says why where that cannot be. */
const build = (): NonNullable<typeof built> => {
  if (process.platform !== 'linux')
    return { missing: `LD_PRELOAD and its calls are Linux's, this is ${process.platform}` };
  const source = fileURLToPath(new URL('./disk-shim.c', import.meta.url));
  const folder = fileURLToPath(new URL('../../node_modules/.cache/mikrobot/', import.meta.url));
  const library = join(folder, `disk-shim-${hash('sha256', readFileSync(source)).slice(0, 16)}.so`);
  if (existsSync(library)) return { library };
  mkdirSync(folder, { recursive: true });
  // Two test files may do this at once.
  const partial = `${library}.${process.pid}`;
  try {
    execFileSync(
      'cc',
      ['-shared', '-fPIC', '-O2', '-Wall', '-Werror', '-o', partial, source, '-ldl', '-lpthread'],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return { missing: 'there is no C compiler: install one as cc (Debian: apt-get install gcc libc6-dev)' };
  }
  renameSync(partial, library);
  return { library };
};

/** Why the shim cannot be had on this machine, as words for the title of a skipped test; undefined where it can. */
export const whyNoShim = (): string | undefined => {
  built ??= build();
  return 'missing' in built ? built.missing : undefined;
};

/** A folder whose disk is watched and may fail. */
export interface WatchedFolder {
  /** Where the process under test keeps its files. */
  readonly folder: string;
  /** What it did to them. */
  readonly trace: string;
  /** See {@link setFaults}. The process itself may change its faults too: `DISK_SHIM_CONTROL` names the file. */
  readonly control: string;
  /** Variables of the environment that put a process under watch. */
  readonly env: Readonly<Record<string, string>>;
}

/** Makes a folder `disk` below `parent` to be watched, with its trace and control beside it. */
export const watchedFolder = (parent: string, faults: Faults = {}): WatchedFolder => {
  built ??= build();
  if ('missing' in built) throw new Error(built.missing);
  const root = realpathSync(parent);
  const [folder, trace, control] = [join(root, 'disk'), join(root, 'trace'), join(root, 'control')];
  if (!existsSync(folder)) mkdirSync(folder);
  writeFileSync(trace, '');
  writeFileSync(control, controlOf(faults));
  const env = {
    LD_PRELOAD: built.library,
    DISK_SHIM_ROOT: folder,
    DISK_SHIM_TRACE: trace,
    DISK_SHIM_CONTROL: control,
    DISK_SHIM_MARKS: '3',
  };
  return { folder, trace, control, env };
};

/** How a child ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly out: string;
  readonly err: string;
  /** What it wrote to descriptor 3, which the trace holds too. */
  readonly marks: string;
}

const textOf = (child: ChildProcess, fd: number): Promise<string> =>
  new Promise((resolve) => {
    let text = '';
    const stream = child.stdio[fd] as NodeJS.ReadableStream;
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      text += chunk;
    });
    stream.on('end', () => resolve(text));
  });

/** Arguments of node that run a TypeScript file of ours. */
export const script = (file: URL, ...args: readonly string[]): string[] => [
  '--import',
  'tsx',
  '--conditions',
  '@mikrobot/source',
  fileURLToPath(file),
  ...args,
];

/** Runs node in a process of its own to its end. */
export const runNode = async (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> => {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const ended = new Promise<readonly [number | null, string | null]>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve([code, signal]));
  });
  const [out, err, marks] = await Promise.all([textOf(child, 1), textOf(child, 2), textOf(child, 3)]);
  const [code, signal] = await ended;
  return { code, signal, out, err, marks };
};
