export type Matrix = readonly (readonly number[])[];

export const zeros = (rows: number, columns: number): number[][] =>
  Array.from({ length: rows }, () => Array<number>(columns).fill(0));

/** Adds a multiple of a matrix to another of the same size, in place. */
export function addScaled(target: number[][], other: Matrix, factor: number): void {
  target.forEach((row, i) => {
    for (let j = 0; j < row.length; j++) row[j] = (row[j] ?? 0) + factor * (other[i]?.[j] ?? 0);
  });
}

/** Solves a small symmetric positive definite system by elimination; an unknown that nothing determines is nought. */
export function solve(matrix: Matrix, right: readonly number[]): number[] {
  const size = right.length;
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  for (let pivot = 0; pivot < size; pivot++) {
    const lead = rows[pivot] ?? [];
    const head = lead[pivot] ?? 0;
    if (Math.abs(head) < 1e-12) continue;
    for (let below = pivot + 1; below < size; below++) {
      const row = rows[below] ?? [];
      const factor = (row[pivot] ?? 0) / head;
      if (factor !== 0) for (let j = pivot; j <= size; j++) row[j] = (row[j] ?? 0) - factor * (lead[j] ?? 0);
    }
  }
  const solved = Array<number>(size).fill(0);
  for (let at = size - 1; at >= 0; at--) {
    const row = rows[at] ?? [];
    let rest = row[size] ?? 0;
    for (let j = at + 1; j < size; j++) rest -= (row[j] ?? 0) * (solved[j] ?? 0);
    const head = row[at] ?? 0;
    solved[at] = Math.abs(head) < 1e-12 ? 0 : rest / head;
  }
  return solved;
}
