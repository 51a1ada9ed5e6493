/**
 * Scratch memory for searching one segment: made once, zero between uses, so that a search leaves no garbage. Signed
 * arrays where numbers allow: V8 keeps what it reads from an Int32Array in a register, from a Uint32Array as a double.
 */

/** How the codes that a workspace still holds are to be scored. */
export interface BroadWord {
  readonly tier: number;
  /** Documents from `prefixLo` to before `prefixHi` begin with the word and are of `prefixTier`. */
  readonly prefixTier: number;
  readonly prefixLo: number;
  readonly prefixHi: number;
}

export class Workspace {
  /** Best word code of each document for the word at hand; 0: not met. */
  current = new Uint16Array(0);
  candidates = new Int32Array(0);
  /** What the words so far make of each candidate, in the order of `candidates`. */
  sums = new Int32Array(0);
  /** Best score plus 1 of each document over all passes; 0: not found. */
  best = new Int32Array(0);
  found = new Int32Array(0);
  foundCount = 0;
  /** Of the found those that say which medicine was meant. */
  tellingCount = 0;
  hasWhole = false;
  /** Set while `current` holds what is found besides `found`: not scored yet. */
  broad: BroadWord | null = null;
  /** 1 for documents whose Arabic name begins with the query. */
  isArabicPrefix = new Uint8Array(0);
  /** Code bits plus HAS_WORD for each word of the lexicon that meets the word at hand. */
  wordCodes = new Uint16Array(0);
  entityCodes = new Uint16Array(0);

  prepare(documents: number, words: number, entities: number): void {
    if (this.current.length < documents) {
      this.current = new Uint16Array(documents);
      this.candidates = new Int32Array(documents);
      this.sums = new Int32Array(documents);
      this.best = new Int32Array(documents);
      this.found = new Int32Array(documents);
      this.isArabicPrefix = new Uint8Array(documents);
    }
    if (this.wordCodes.length < words) this.wordCodes = new Uint16Array(words);
    if (this.entityCodes.length < entities) this.entityCodes = new Uint16Array(entities);
    this.foundCount = 0;
    this.tellingCount = 0;
    this.hasWhole = false;
  }

  /** Notes a score for a document; the best one of all passes stays. */
  offer(document: number, score: number): void {
    const before = this.best[document] ?? 0;
    if (before === 0) {
      this.found[this.foundCount++] = document;
      this.best[document] = score + 1;
    } else if (score + 1 < before) this.best[document] = score + 1;
  }

  /** Forgets what was found. */
  clear(): void {
    if (this.broad !== null) this.current.fill(0);
    this.broad = null;
    if (this.foundCount > this.best.length / 16) this.best.fill(0);
    else for (let n = 0; n < this.foundCount; n++) this.best[this.found[n] ?? 0] = 0;
    this.foundCount = 0;
  }
}
