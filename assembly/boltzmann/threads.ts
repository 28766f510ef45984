/**
 * Waiting for other threads on one memory: spin a little, then sleep.
 *
 * Sleep is short and repeated, not until notified: in Node 20 a thread that slept in `memory.atomic.wait32` without a limit
 * was seen not to wake when it was notified (two threads on busy processors, about one run in three).
 */

/** Rounds of spinning before a thread sleeps: some 20 microseconds, longer than the threads usually differ. */
const spins = 20000;
/** Nanoseconds of the first sleep; doubled up to 64 times that. */
const firstSleep: i64 = 500000;

@unmanaged
export class Barrier {
  /** Threads that have arrived. */
  arrived: i32;
  /** Counts the times that all had arrived. */
  generation: i32;
  threads: i32;
}

/** Returns when the word at an address is no longer `value`. */
export function waitWhile(at: usize, value: i32): void {
  for (let spin: i32 = 0; spin < spins; spin++) {
    if (atomic.load<i32>(at) !== value) return;
  }
  let sleep = firstSleep;
  while (atomic.load<i32>(at) === value) {
    atomic.wait<i32>(at, value, sleep);
    if (sleep < firstSleep << 6) sleep <<= 1;
  }
}

/** Returns when all threads have come here. */
export function wait(barrier: Barrier): void {
  if (barrier.threads === 1) return;
  const arrived = changetype<usize>(barrier);
  const generation = arrived + 4;
  const before = atomic.load<i32>(generation);
  if (atomic.add<i32>(arrived, 1) === barrier.threads - 1) {
    atomic.store<i32>(arrived, 0);
    atomic.add<i32>(generation, 1);
    atomic.notify(generation, -1);
  } else {
    waitWhile(generation, before);
  }
}
