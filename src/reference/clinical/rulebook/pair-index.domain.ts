/** A current interaction rule without its words. */
export interface BookPair {
  readonly id: number;
  readonly a: string;
  readonly b: string;
}

/** The rules a subject is the first side of: whom with, by number, and the row of the rule. */
interface Partners {
  readonly others: number[];
  readonly ids: number[];
}

/**
 * Which two subjects have current interaction rules: one of each rule set at most. Subjects are numbered, and a pair is kept under its first side: a
 * question marks the subjects asked about and runs along plain lists of numbers, whatever the number of rules.
 */
export class PairIndex {
  private readonly numbers = new Map<string, number>();
  private readonly partners: Partners[] = [];
  /** How many pairs a subject is the second side of. */
  private readonly seconds: number[] = [];
  private marks = new Uint8Array(0);
  private rules = 0;

  /** Rules there are. */
  get size(): number {
    return this.rules;
  }

  /** Puts in a current rule; one that is there already changes nothing. */
  add({ id, a, b }: BookPair): void {
    const { others, ids } = this.partnersOf(this.numberOf(a));
    const second = this.numberOf(b);
    if (ids.includes(id)) return;
    others.push(second);
    ids.push(id);
    this.seconds[second] = (this.seconds[second] ?? 0) + 1;
    this.rules += 1;
  }

  /** Takes out a version that ended; the pair may have its next version, or a rule of another set. */
  remove({ id, a, b }: BookPair): void {
    const [first, second] = [this.numbers.get(a), this.numbers.get(b)];
    if (first === undefined || second === undefined) return;
    const { others, ids } = this.partnersOf(first);
    const at = ids.indexOf(id);
    if (at < 0 || others[at] !== second) return;
    others.splice(at, 1);
    ids.splice(at, 1);
    this.seconds[second] = (this.seconds[second] ?? 1) - 1;
    this.rules -= 1;
  }

  /** True when any pair has the subject on either side. */
  has(subject: string): boolean {
    const number = this.numbers.get(subject);
    return (
      number !== undefined &&
      ((this.partners[number]?.others.length ?? 0) > 0 || (this.seconds[number] ?? 0) > 0)
    );
  }

  /** Rows of the rules of which both sides are among the subjects, in their order. */
  among(subjects: Iterable<string>): number[] {
    const asked: number[] = [];
    for (const subject of subjects) {
      const number = this.numbers.get(subject);
      if (number !== undefined) asked.push(number);
    }
    if (this.marks.length < this.numbers.size) this.marks = new Uint8Array(this.numbers.size * 2);
    const { marks } = this;
    for (const number of asked) marks[number] = 1;
    const found: number[] = [];
    for (const number of asked) {
      const { others, ids } = this.partnersOf(number);
      for (let at = 0; at < others.length; at++) {
        const id = ids[at];
        if (id !== undefined && marks[others[at] ?? -1] === 1) found.push(id);
      }
    }
    for (const number of asked) marks[number] = 0;
    return found.sort((one, other) => one - other);
  }

  private numberOf(subject: string): number {
    const known = this.numbers.get(subject);
    if (known !== undefined) return known;
    const number = this.numbers.size;
    this.numbers.set(subject, number);
    this.partners.push({ others: [], ids: [] });
    this.seconds.push(0);
    return number;
  }

  private partnersOf(number: number): Partners {
    const partners = this.partners[number];
    if (!partners) throw new Error(`subject ${number} was never numbered`);
    return partners;
  }
}
