/** Characters gathered before they become bytes: a text that long still lies in the processor's cache. */
const GATHERED = 16 * 1024;
const FIRST_SIZE = 64 * 1024;

/** COPY text on its way, as bytes: half a million rows held as texts would keep the garbage collector busy. */
export class CopyBuffer {
  private bytes = Buffer.allocUnsafeSlow(FIRST_SIZE);
  private used = 0;
  private text = '';

  /** Bytes held, as far as they are counted yet. */
  get length(): number {
    return this.used + this.text.length;
  }

  /** Adds a row, or several; each with its line end. */
  push(rows: string): void {
    this.text += rows;
    if (this.text.length >= GATHERED) this.settle();
  }

  /** What was added since the last call, in memory that belongs to the caller. */
  take(): Uint8Array<ArrayBuffer> | undefined {
    this.settle();
    if (this.used === 0) return undefined;
    const taken = new Uint8Array(this.bytes.buffer, this.bytes.byteOffset, this.used);
    this.bytes = Buffer.allocUnsafeSlow(FIRST_SIZE);
    this.used = 0;
    return taken;
  }

  private settle(): void {
    if (this.text === '') return;
    // A UTF-16 unit becomes three bytes at most.
    const needed = this.used + this.text.length * 3;
    if (needed > this.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2));
      this.bytes.copy(larger, 0, 0, this.used);
      this.bytes = larger;
    }
    this.used += this.bytes.write(this.text, this.used, 'utf8');
    this.text = '';
  }
}
