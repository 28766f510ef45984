/** Runs the Python libraries that Outset is compared with, where a machine has them. */

import { execFileSync, spawnSync } from 'node:child_process';

/** An interpreter and the version of the module that was asked for. */
export interface Peer {
  readonly python: string;
  readonly module: string;
  readonly version: string;
}

/** Variables that name an interpreter, and what is tried where they are not set. */
const interpreters = { OUTSET_PYTHON: 'python3', OUTSET_PYTHON_JAX: undefined } as const;
export type Interpreter = keyof typeof interpreters;

/** The interpreter that has a module; undefined, with a loud line on stderr, where there is none. */
export function findPeer(variable: Interpreter, module: string): Peer | undefined {
  const python = process.env[variable] ?? interpreters[variable];
  if (python !== undefined) {
    const probe = `import importlib.metadata as m; import ${module}; print(getattr(${module}, "__version__", None) or m.version("${module}"))`;
    const { status, stdout } = spawnSync(python, ['-c', probe], { encoding: 'utf8', env: quiet });
    if (status === 0) return { python, module, version: stdout.trim().split('\n').at(-1)! };
  }
  process.stderr.write(
    `\n*** NOT COMPARED with ${module}: ${python === undefined ? `${variable} is not set` : `${python} does not have it`}. Set ${variable} to a Python that has it. ***\n`,
  );
  return undefined;
}

/** Runs a script of test/peers with JSON on its standard input; JSON comes back. */
export function callPeer(peer: Peer, script: string, input: unknown): unknown {
  const text = execFileSync(peer.python, [new URL(script, import.meta.url).pathname], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    env: quiet,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return JSON.parse(text);
}

/** TensorFlow and JAX write a page of notices otherwise. */
const quiet = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', JAX_PLATFORMS: 'cpu', CUDA_VISIBLE_DEVICES: '' };
