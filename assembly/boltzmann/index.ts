/**
 * The kernels of Boltzmann machines: one module for all, on a shared memory that the host lays out. The calling thread is
 * thread 0; the others wait in {@link serve} for a command. `scripts/build-kernels.mjs` compiles it.
 */
import { Annealing, anneal } from './annealing';
import { Evaluation, evaluate } from './evaluation';
import { preparePacking, usePacking } from './sampling';
import { Barrier, wait, waitWhile } from './threads';
import { Training, trainStep } from './train';

export { preparePacking, usePacking };

@unmanaged
class Command {
  /** Counts the commands: other threads wait for it to change. */
  number: i32;
  /** 1 train, 2 anneal, 3 evaluate, 0 leave. */
  kind: i32;
  /** Address of the structure. */
  what: usize;
  /** At which all threads meet when the command is done. */
  done: Barrier;
}

function execute(command: Command, thread: i32): void {
  if (command.kind === 1) trainStep(changetype<Training>(command.what), thread);
  else if (command.kind === 2) anneal(changetype<Annealing>(command.what), thread);
  else if (command.kind === 3) evaluate(changetype<Evaluation>(command.what), thread);
}

/** Runs a command on all threads; called by thread 0 only. */
export function run(command: Command): void {
  const at = changetype<usize>(command);
  if (command.done.threads > 1) {
    atomic.add<i32>(at, 1);
    atomic.notify(at, -1);
  }
  execute(command, 0);
  wait(command.done);
}

/** The life of another thread: waits, works, until it is told to leave. */
export function serve(command: Command, thread: i32): void {
  const at = changetype<usize>(command);
  let number: i32 = 0;
  for (;;) {
    waitWhile(at, number);
    number++;
    if (command.kind === 0) return;
    execute(command, thread);
    wait(command.done);
  }
}
