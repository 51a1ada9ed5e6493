/** A Uint32Array that grows: what an index is collected in before its final size is known. */
export class GrowingArray {
  private content = new Uint32Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.content.length) {
      const larger = new Uint32Array(this.content.length * 2);
      larger.set(this.content);
      this.content = larger;
    }
    this.content[this.length++] = value;
  }

  /** The filled part; a view, valid until the next push. */
  get filled(): Uint32Array {
    return this.content.subarray(0, this.length);
  }
}
