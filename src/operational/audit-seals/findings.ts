import type { Finding } from './audit-seals.types.js';

/** Findings that are kept; further ones are counted. */
const MOST_KEPT = 100;

/** The first findings, and how many there are. */
export class Findings {
  private readonly kept: Finding[] = [];
  private total = 0;

  add(finding: Finding): void {
    this.total += 1;
    if (this.kept.length < MOST_KEPT) this.kept.push(finding);
  }

  get list(): readonly Finding[] {
    return this.kept;
  }
  get count(): number {
    return this.total;
  }
}
