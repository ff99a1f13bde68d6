import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Installs the packed packages in a project outside the repository, as a user would, and uses them there.
const root = join(import.meta.dirname, '..');
const project = mkdtempSync(join(tmpdir(), 'mikrobot-consumer-'));
const tarballs = join(project, 'tarballs');

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly bin?: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}
const manifestOf = (dir: string): Manifest =>
  JSON.parse(readFileSync(join(root, dir, 'package.json'), 'utf8'));
const published = readdirSync(join(root, 'packages'))
  .map((name) => ({ dir: `packages/${name}`, manifest: manifestOf(`packages/${name}`) }))
  .filter(({ manifest }) => !manifest.private);
const names = published.map(({ manifest }) => manifest.name);

/** Runs one command; a try that hangs is ended after two minutes. */
function step(
  title: string,
  command: string,
  args: readonly string[],
  { cwd = project, tries = 1 } = {},
): void {
  const start = performance.now();
  const { status, signal, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
    timeout: 120_000,
    killSignal: 'SIGKILL',
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (status === 0) {
    console.log(`${title}  ${seconds} s`);
  } else if (tries > 1) {
    console.log(`${title}  ended with ${signal ?? `code ${status}`} after ${seconds} s; once more`);
    step(title, command, args, { cwd, tries: tries - 1 });
  } else {
    console.error(
      `${title} failed: ${[command, ...args].join(' ')}, ${signal ?? `code ${status}`}, ${seconds} s`,
    );
    throw new Error(`${stdout}${stderr}`);
  }
}

/** Each package imported and required; both must be one and the same instance. */
const program = `
import { createRequire } from 'node:module';
${names.map((name, i) => `import * as p${i} from '${name}';`).join('\n')}

const require: (name: string) => unknown = createRequire(import.meta.url);
const imported: Record<string, object> = { ${names.map((name, i) => `'${name}': p${i}`).join(', ')} };
for (const [name, module] of Object.entries(imported)) {
  const required = require(name) as Record<string, unknown>;
  for (const [key, value] of Object.entries(module))
    if (required[key] !== value) throw new Error(\`\${name} has two instances of \${key}\`);
  if (Object.keys(required).length !== Object.keys(module).length) throw new Error(\`require('\${name}') exports other names\`);
}
`;

const commonJs = `
const names = ${JSON.stringify(names)};
const required = names.map((name) => require(name));
Promise.all(names.map((name) => import(name))).then((imported) => {
  imported.forEach((module, i) => {
    for (const key of Object.keys(module))
      if (required[i][key] !== module[key]) throw new Error(names[i] + ' has two instances of ' + key);
  });
});
`;

try {
  mkdirSync(tarballs);
  for (const { dir, manifest } of published)
    step(`pack ${manifest.name}`, 'npm', ['pack', '--silent', '--pack-destination', tarballs], {
      cwd: join(root, dir),
    });
  const dependencies = Object.fromEntries(
    published.map(({ manifest: { name, version } }) => [
      name,
      `file:tarballs/${name.replace('@', '').replace('/', '-')}-${version}.tgz`,
    ]),
  );
  const { devDependencies: tools } = manifestOf('.');
  const devDependencies = { '@types/node': tools['@types/node'] };
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2022',
    types: ['node'],
    strict: true,
    skipLibCheck: false,
  };
  const files: Record<string, string> = {
    'package.json': JSON.stringify({ type: 'module', private: true, dependencies, devDependencies }),
    'tsconfig.json': JSON.stringify({ compilerOptions, files: ['main.ts'] }),
    'main.ts': program,
    'main.cjs': commonJs,
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(join(project, file), text);

  step('install', 'npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], { tries: 2 }); // the network may stall
  for (const name of names)
    if (!existsSync(join(project, 'node_modules', name, 'LICENSE')))
      throw new Error(`${name} is packed without its LICENSE`);
  step('type-check and compile', process.execPath, [join(root, 'node_modules/typescript/bin/tsc')]);
  step('run as an ES module', process.execPath, ['main.js']);
  step('run as CommonJS', process.execPath, ['main.cjs']);
  for (const { manifest } of published)
    for (const command of Object.keys(manifest.bin ?? {}))
      step(`${command} --help`, join(project, 'node_modules/.bin', command), ['--help']);
  console.log(`${names.length} packages work outside the repository.`);
} finally {
  rmSync(project, { recursive: true, force: true });
}
