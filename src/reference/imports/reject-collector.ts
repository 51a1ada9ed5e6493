import type { RejectedRow, RejectGroup } from './imports.types.js';

/** Refused rows shown with each reason. */
const SHOWN = 5;
/** Reasons kept apart; a file that is wrong in more ways than this is wrong altogether. */
const MOST_GROUPS = 200;

/** Counts refusals by reason, keeping the first few of each; bounded however many there are. */
export class RejectCollector {
  private readonly groups = new Map<string, RejectGroup>();

  add(reject: RejectedRow): void {
    // "repeats line 12" is one reason, whichever the line.
    const reason = reject.reason.replace(/\bline \d+/, 'an earlier line');
    const key = `${reject.column ?? ''}\n${reason}`;
    const group = this.groups.get(key) ?? this.open(key, reject.column, reason);
    group.count += 1;
    if (group.first.length < SHOWN) group.first.push(reject);
  }

  /** The reasons, most frequent first. */
  result(): RejectGroup[] {
    return [...this.groups.values()].sort((a, b) => b.count - a.count);
  }

  private open(key: string, column: string | null, reason: string): RejectGroup {
    if (this.groups.size >= MOST_GROUPS) {
      const rest = this.groups.get('');
      if (rest !== undefined) return rest;
      key = '';
      column = null;
      reason = 'other reasons';
    }
    const group: RejectGroup = { column, reason, count: 0, first: [] };
    this.groups.set(key, group);
    return group;
  }
}
