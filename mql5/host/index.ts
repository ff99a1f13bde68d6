export { BuildError } from './build/build-error.js';
export { type BuildOptions, buildProgram, type Program } from './build/build-program.js';
export { hasCompiler } from './build/compiler.js';
export { type Problem, problemLine } from './rewriter/problem.js';
export {
  type RunningTerminal,
  startTerminal,
  type TerminalExit,
  type TerminalOptions,
} from './run/start-terminal.js';
