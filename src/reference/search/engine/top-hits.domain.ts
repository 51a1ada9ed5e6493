/** The k best of many without sorting them: a heap with the worst of the best on top. */

export class TopHits {
  private readonly scores: Float64Array;
  private readonly documents: Uint32Array;
  private size = 0;
  /** Nothing with a higher score than this can still be among the best. */
  worst: number;

  constructor(private readonly limit: number) {
    this.scores = new Float64Array(limit);
    this.documents = new Uint32Array(limit);
    this.worst = limit === 0 ? -1 : Infinity;
  }

  /** Of equal scores the lower document number is better. */
  offer(score: number, document: number): void {
    if (this.size < this.limit) {
      this.scores[this.size] = score;
      this.documents[this.size] = document;
      this.up(this.size++);
      if (this.size === this.limit) this.worst = this.scores[0] ?? 0;
    } else if (this.limit > 0 && this.isBetter(score, document, 0)) {
      this.scores[0] = score;
      this.documents[0] = document;
      this.down();
      this.worst = this.scores[0] ?? 0;
    }
  }

  /** Best first. */
  sorted(): Array<{ readonly score: number; readonly document: number }> {
    const hits = Array.from({ length: this.size }, (_, n) => ({
      score: this.scores[n] ?? 0,
      document: this.documents[n] ?? 0,
    }));
    return hits.sort((a, b) => a.score - b.score || a.document - b.document);
  }

  private isBetter(score: number, document: number, than: number): boolean {
    const other = this.scores[than] ?? 0;
    return score < other || (score === other && document < (this.documents[than] ?? 0));
  }

  private swap(a: number, b: number): void {
    const score = this.scores[a] ?? 0;
    const document = this.documents[a] ?? 0;
    this.scores[a] = this.scores[b] ?? 0;
    this.documents[a] = this.documents[b] ?? 0;
    this.scores[b] = score;
    this.documents[b] = document;
  }

  private up(from: number): void {
    for (let at = from; at > 0;) {
      const parent = (at - 1) >> 1;
      if (this.isBetter(this.scores[at] ?? 0, this.documents[at] ?? 0, parent)) return;
      this.swap(at, parent);
      at = parent;
    }
  }

  private down(): void {
    for (let at = 0; ;) {
      let worst = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < this.size && this.isBetter(this.scores[worst] ?? 0, this.documents[worst] ?? 0, child))
          worst = child;
      if (worst === at) return;
      this.swap(at, worst);
      at = worst;
    }
  }
}
