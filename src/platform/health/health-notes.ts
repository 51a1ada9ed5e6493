import { Injectable } from '@nestjs/common';

/** How well a part works: `degraded` works with less than it should, `failed` cannot do what the server is for. */
export type PartState = 'ok' | 'degraded' | 'failed';

/** What a part says of itself. */
export interface PartFinding {
  readonly state: PartState;
  readonly words: string;
}

/** What parts of the server say of themselves beside "ok"; shown by /health/ready. No secrets: everybody may read it. */
@Injectable()
export class HealthNotes {
  private readonly notes = new Map<string, () => string | PartFinding>();

  /** Adds a part; `say` is called at each question and must be cheap. Words alone say that it works. */
  add(part: string, say: () => string | PartFinding): void {
    this.notes.set(part, say);
  }

  all(): { readonly part: string; readonly state: PartState; readonly words: string }[] {
    return [...this.notes].map(([part, say]) => {
      const said = say();
      return { part, ...(typeof said === 'string' ? { state: 'ok' as const, words: said } : said) };
    });
  }
}
