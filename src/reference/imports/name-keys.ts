import { encodeCopyRow } from './copy-text.domain.js';

/** Lists a staged product refers to. */
export type NameKind = 'company' | 'category' | 'form' | 'route' | 'ingredient';

/** An entry of a list as staged. */
export interface StagedName {
  kind: NameKind;
  name: string;
  folded: string;
  nameAr?: string | null;
  /** form: {family}; category: {parent, depth}; ingredient: {verified, codes, synonyms, baseKey}. */
  detail?: Record<string, unknown>;
  /** Identity of the entry where it is known already. */
  resolvedId?: number;
}

/** Names remembered before all are forgotten; a name met again then gets another key, which does no harm. */
const MOST_REMEMBERED = 50_000;

/** Gives names their key within a release and stages each once, however many products bear it. */
export class NameKeys {
  private readonly keys: Record<NameKind, Map<string, number>> = {
    company: new Map(),
    category: new Map(),
    form: new Map(),
    route: new Map(),
    ingredient: new Map(),
  };
  private text: string[] = [];
  private last = 0;

  constructor(private readonly releaseId: number) {}

  /** The key of a name, or undefined where it has none yet. */
  find(kind: NameKind, folded: string): number | undefined {
    return this.keys[kind].get(folded);
  }

  /** The key of a name; stages it when it is new. */
  keyOf(name: StagedName): number {
    const known = this.find(name.kind, name.folded);
    return known ?? this.add(name);
  }

  /** Stages a name under a new key. */
  add(name: StagedName): number {
    const keys = this.keys[name.kind];
    if (keys.size >= MOST_REMEMBERED) keys.clear();
    const key = ++this.last;
    keys.set(name.folded, key);
    this.text.push(
      encodeCopyRow([
        this.releaseId,
        key,
        name.kind,
        name.name,
        name.folded,
        name.nameAr ?? null,
        name.detail === undefined ? null : JSON.stringify(name.detail),
        name.resolvedId ?? null,
      ]),
    );
    return key;
  }

  /** Names staged since the last call, encoded for COPY. */
  takeText(): string {
    const text = this.text.join('');
    this.text = [];
    return text;
  }
}
