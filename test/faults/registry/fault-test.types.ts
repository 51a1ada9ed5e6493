/** A test, by its file and words of its full name (describe and it) that stand in both the file and the report of a run. */
export interface Proof {
  readonly file: string;
  readonly title: string;
}

/** A numbered fault: what is done to the product, and what must come of it. */
export interface FaultTest {
  readonly id: string;
  readonly name: string;
  readonly procedure: string;
  readonly expected: string;
  readonly proofs: readonly Proof[];
  /** What is otherwise here than the plan has it, or not shown, and why. Without proofs: why there is none. */
  readonly note?: string;
}

/** Where and by what words. */
export const proof = (file: string, ...titles: readonly string[]): Proof[] =>
  titles.map((title) => ({ file: `test/${file}`, title }));

/** The same, of a test that lies beside what it tests. */
export const beside = (file: string, ...titles: readonly string[]): Proof[] =>
  titles.map((title) => ({ file: `src/${file}`, title }));
