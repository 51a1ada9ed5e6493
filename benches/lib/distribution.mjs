/** The distribution of times in ms, to the microsecond. */
export function distribution(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) =>
    Math.round(1000 * (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)) / 1000;
  return { n: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}
