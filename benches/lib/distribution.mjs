/** The distribution of times in ms, to the microsecond. */
export function distribution(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) =>
    Math.round(1000 * (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)) / 1000;
  return { n: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

/** Runs `work` and tells how long it took: by the clock, and by the processor (all threads of this process), in ms. */
export async function timed(work) {
  const before = process.cpuUsage();
  const from = performance.now();
  const value = await work();
  const wall = performance.now() - from;
  const { user, system } = process.cpuUsage(before);
  return { value, wall, cpu: (user + system) / 1000 };
}
