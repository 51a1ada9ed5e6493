import { Injectable } from '@nestjs/common';

/** What parts of the server say of themselves beside "ok"; shown by /health/ready. No secrets: everybody may read it. */
@Injectable()
export class HealthNotes {
  private readonly notes = new Map<string, () => string>();

  /** Adds a part; `say` is called at each question and must be cheap. */
  add(part: string, say: () => string): void {
    this.notes.set(part, say);
  }

  all(): Record<string, string> {
    return Object.fromEntries([...this.notes].map(([part, say]) => [part, say()]));
  }
}
