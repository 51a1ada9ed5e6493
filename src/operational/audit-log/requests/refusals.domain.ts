/** A request that was refused. Holds no body, no query and no secret. */
export interface Refusal {
  readonly userId: number | null;
  readonly branchId: number | null;
  readonly requestId: string;
  /** Method and pattern of the route. */
  readonly route: string;
  readonly status: number;
  readonly code: string;
  readonly address: string;
  /** What was asked for, such as 'id=12'. */
  readonly things: readonly string[];
  /** The name that was typed at a sign-in; it is kept only as the user it names. */
  readonly signInName: string | null;
}

/** A row for the trail: one refusal, or several of a kind within a minute. */
export interface RefusalRow extends Refusal {
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** What is counted together: who, which route, which refusal. */
const WINDOW_MS = 60_000;
/** Kinds that are told apart within a minute; further ones are one kind, "other requests". A flood writes no more than two rows of each. */
const MOST_KINDS = 200;
/** Things named of several refusals. */
const MOST_THINGS = 20;

interface Counted {
  readonly first: Refusal;
  readonly firstAt: number;
  lastAt: number;
  /** Refusals since the last row. */
  count: number;
  things: Set<string>;
  isTold: boolean;
}

/** Gathers refusals: the first of a kind is handed on at once, those of the following minute are counted and handed on together. */
export class RefusalCounter {
  private readonly kinds = new Map<string, Counted>();

  add(refusal: Refusal, now: number): void {
    const own = kindOf(refusal);
    const isOwn = this.kinds.has(own) || this.kinds.size < MOST_KINDS;
    const counted = isOwn ? refusal : { ...refusal, ...OTHERS };
    const kind = isOwn ? own : 'others';
    const known = this.kinds.get(kind) ?? {
      first: counted,
      firstAt: now,
      lastAt: now,
      count: 0,
      things: new Set<string>(),
      isTold: false,
    };
    this.kinds.set(kind, known);
    known.count += 1;
    known.lastAt = now;
    for (const thing of counted.things) if (known.things.size < MOST_THINGS) known.things.add(thing);
  }

  /** What is to be written now; `all`: the server ends, nothing may stay. */
  take(now: number, all = false): RefusalRow[] {
    const rows: RefusalRow[] = [];
    for (const [kind, known] of this.kinds) {
      const isOver = all || now - known.firstAt >= WINDOW_MS;
      if (known.count > 0 && (isOver || !known.isTold)) {
        const { first, firstAt, lastAt, count, things } = known;
        rows.push({ ...first, things: [...things], count, firstAt, lastAt });
        known.count = 0;
        known.things = new Set();
        known.isTold = true;
      }
      if (isOver) this.kinds.delete(kind);
    }
    return rows;
  }
}

const OTHERS = {
  userId: null,
  branchId: null,
  route: 'other requests',
  code: 'several',
  status: 0,
  address: 'several',
  things: [],
  signInName: null,
} as const;

const kindOf = ({ userId, address, route, status, code, signInName }: Refusal): string =>
  JSON.stringify([userId ?? address, route, status, code, signInName]);
