import type { InteractionRule } from '../screening-knowledge.domain.js';

/** What a rule takes beside its texts, in characters: keys, numbers and the object itself. */
const OVERHEAD = 200;

const sizeOf = (rule: InteractionRule): number =>
  OVERHEAD + rule.description.length + rule.management.length + rule.source.length + rule.mechanism.length;

/**
 * The words of interaction rules by row, up to a number of characters; the longest known go first. A version of a rule is
 * never changed, so what was read once is true for ever.
 */
export class RuleWords {
  private readonly rules = new Map<number, InteractionRule>();
  private size = 0;

  constructor(private readonly mostCharacters: number) {}

  /** True when another rule may push out one that is known. */
  get isFull(): boolean {
    return this.size > this.mostCharacters * 0.95;
  }

  has(id: number): boolean {
    return this.rules.has(id);
  }

  get(id: number): InteractionRule | undefined {
    return this.rules.get(id);
  }

  put(rules: Iterable<InteractionRule>): void {
    for (const rule of rules) {
      if (this.rules.has(rule.id)) continue;
      this.rules.set(rule.id, rule);
      this.size += sizeOf(rule);
    }
    for (const [id, rule] of this.rules) {
      if (this.size <= this.mostCharacters) break;
      this.rules.delete(id);
      this.size -= sizeOf(rule);
    }
  }
}
