/** So many prescriptions are told one by one; of more it is said that anything may have changed. */
const MOST_NAMED = 50;

/**
 * What the database tells of the board, gathered until it is handed on. A payload is `branch:prescription` (0: anything at the
 * branch) or `s:session`, one that ended; others are of a later version and are not heard.
 */
export class BoardChanges {
  private readonly byBranch = new Map<number, Set<number>>();

  /** Takes in a payload; answers the session that ended, where it is about one. */
  hear(payload: string): number | undefined {
    const session = /^s:(\d{1,10})$/.exec(payload)?.[1];
    if (session !== undefined) return Number(session);
    const [, branch, prescription] = /^(\d{1,10}):(\d{1,10})$/.exec(payload) ?? [];
    if (branch === undefined || prescription === undefined) return undefined;
    const changed = this.byBranch.get(Number(branch)) ?? new Set<number>();
    // One more than is named is enough to know that there are more.
    if (changed.size <= MOST_NAMED) changed.add(Number(prescription));
    this.byBranch.set(Number(branch), changed);
    return undefined;
  }

  get isEmpty(): boolean {
    return this.byBranch.size === 0;
  }

  /** Hands over what changed at each branch; an empty list stands for anything. */
  take(): [branchId: number, prescriptionIds: number[]][] {
    const taken = [...this.byBranch].map(([branchId, changed]): [number, number[]] => [
      branchId,
      changed.has(0) || changed.size > MOST_NAMED ? [] : [...changed],
    ]);
    this.byBranch.clear();
    return taken;
  }
}
