import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

import type { Tx } from '../../../platform/database/tx.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { HealthNotes } from '../../../platform/health/health-notes.js';
import { systemContext } from '../../../platform/security/request-context.js';
import type { ScreeningFacts } from '../clinical.types.js';
import type { ClinicalKnowledge, InteractionRule, KnownDrug } from '../screening-knowledge.domain.js';
import { Compositions } from './compositions.domain.js';
import { RuleWords } from './rule-words.domain.js';
import { Rulebook, type BookTables } from './rulebook.domain.js';
import { RulebookRepository, type RuleChange, type RulePlace } from './rulebook.repository.js';

/** Pairs read in one statement: the event loop breathes between them. */
const PIECE = 10_000;
/** Rules whose words are read in one statement: a millisecond or two of the event loop. */
const WORDS_PIECE = 500;
/** Characters of the words kept: those of 200,000 rules of a few sentences each. */
const MOST_CHARACTERS = 100_000_000;
/** How often a screening goes after rules that change under its hands, before it asks PostgreSQL instead. */
const MOST_ATTEMPTS = 3;
/** Not sooner than this is a failed reading of the rules tried again. */
const PAUSE_MS = 2000;

const ALL_TABLES: ReadonlySet<keyof BookTables> = new Set([
  'ingredients',
  'groups',
  'allergyRules',
  'contraindications',
  'doseRules',
]);

const TABLE_OF: Readonly<Record<Exclude<RuleChange['kind'], 'rebuild' | 'interactions'>, keyof BookTables>> =
  {
    allergy_rules: 'allergyRules',
    contraindications: 'contraindications',
    dosage_guidelines: 'doseRules',
    ingredients: 'ingredients',
    groups: 'groups',
  };

/** What the rules say about some facts, and how far the feed of rules was when they said it. */
export interface BookFinding {
  readonly facts: ScreeningFacts;
  readonly knowledge: ClinicalKnowledge;
  readonly place: number;
}

interface OpenBook extends RulePlace {
  readonly book: Rulebook;
}

/**
 * Keeps the clinical rules of this process in memory, and lets nobody judge by a book that is not current: each finding
 * reads the place of the feed together with the compositions, in one statement, and the book stands at that place or is
 * brought there first. Without a book (at the start, after a release of many rules, inside a transaction that changes
 * rules itself) it finds nothing and PostgreSQL answers. See docs/adr/0019-rulebook.md.
 */
@Injectable()
export class RulebookKeeper implements OnApplicationBootstrap {
  private readonly logger = new Logger('rulebook');
  private readonly words = new RuleWords(MOST_CHARACTERS);
  private readonly products = new Compositions();
  private open: OpenBook | undefined;
  private opening: Promise<void> | undefined;
  /** The reading ahead of the words; it never fails, what it did not read is read when it is met. */
  private reading: Promise<void> = Promise.resolve();
  private nextAttempt = 0;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly rules: RulebookRepository,
    private readonly health: HealthNotes,
    private readonly http: HttpAdapterHost,
  ) {}

  /** A server reads the rules ahead; the command line reads them when it screens. */
  onApplicationBootstrap(): void {
    this.health.add('rules', () =>
      this.open ? `rulebook at ${this.open.place}` : this.opening ? 'reading the rules' : 'by PostgreSQL',
    );
    // Nest leaves it empty where it makes services without a server, whatever its type says.
    if ((this.http.httpAdapter as unknown) ?? undefined) this.openLater();
  }

  /** Waits until there is a book with its words; for tests and benches, which must know by what they are answered. */
  async ready(): Promise<void> {
    this.openLater();
    await this.opening;
    await this.reading;
    if (!this.open) throw new Error('the rules cannot be read');
  }

  /** What the current rules say about the facts; undefined when there is no book that may answer. */
  async find(tx: Tx, facts: ScreeningFacts): Promise<BookFinding | undefined> {
    const drugIds = distinctDrugs(facts);
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const missing = this.products.missing(drugIds);
      const found = await this.rules.findMedicines(tx, missing);
      if (found.isChanging) return undefined;
      const open = this.open;
      if (open?.feed !== found.feed) return this.without(open);
      const isCurrent = open.place === found.place;
      if (isCurrent && this.products.place === found.cataloguePlace) {
        this.products.add(found.drugs);
        const read = new Map(found.drugs.map((drug) => [drug.drugId, drug]));
        // What was known before may have been forgotten while these were read; then look again.
        if (this.products.missing(drugIds).every((drugId) => missing.includes(drugId) && !read.has(drugId)))
          return await this.answer(tx, open, facts, this.products.known(drugIds));
      }
      // A book that is ahead was brought there by another screening a moment ago: look again.
      if (open.place < found.place && !(await this.follow(tx, open))) return undefined;
      if (this.products.place !== found.cataloguePlace) await this.followProducts(tx, found.cataloguePlace);
      if (attempt === MOST_ATTEMPTS - 1 && open.place > found.place) return this.without(open);
    }
    return undefined;
  }

  private async answer(
    tx: Tx,
    { book, place }: OpenBook,
    facts: ScreeningFacts,
    drugs: readonly KnownDrug[],
  ): Promise<BookFinding> {
    const { interactionIds, ...said } = book.answer(facts, drugs);
    const interactions = await this.interactions(tx, interactionIds);
    return { facts: said.facts, knowledge: { ...said.knowledge, interactions }, place };
  }

  /** Forgets the compositions that may have changed, so that the next look reads them. */
  private async followProducts(tx: Tx, place: number): Promise<void> {
    const from = this.products.place;
    if (from < 0 || place < from) {
      this.products.moveTo(place, 'all');
      return;
    }
    const changes = await this.rules.findProductChanges(tx, from);
    if (this.products.place === from)
      this.products.moveTo(Math.max(from, changes.place), changes.isAny ? 'all' : changes.drugIds);
  }

  /** Gives up a book that is of another database, or of this one at a later time than it has now. */
  private without(open: OpenBook | undefined): undefined {
    if (this.open === open) this.open = undefined;
    this.products.moveTo(-1, 'all');
    this.openLater();
    return undefined;
  }

  /** The words of these rules; a version never changes, so what is known stays known. */
  private async interactions(tx: Tx, ids: readonly number[]): Promise<InteractionRule[]> {
    const missing = ids.filter((id) => !this.words.has(id));
    const read = new Map(
      missing.length === 0
        ? []
        : (await this.rules.findInteractions(tx, missing)).map((rule) => [rule.id, rule] as const),
    );
    const found = ids.map((id) => {
      const rule = read.get(id) ?? this.words.get(id);
      if (!rule) throw new Error(`interaction rule ${id} is in the book and not in the database`);
      return rule;
    });
    this.words.put(read.values());
    return found;
  }

  /** Brings the book to the present state; false when it must be read anew. */
  private async follow(tx: Tx, open: OpenBook): Promise<boolean> {
    const changes = await this.rules.findChanges(tx, open.place);
    if (changes.some(({ kind }) => kind === 'rebuild')) {
      this.without(open);
      return false;
    }
    const update = await this.read(tx, changes);
    // Another screening may have brought the book further meanwhile; then what was read here is old.
    if (this.open === open) this.open = applied(open, update);
    return true;
  }

  private async read(tx: Tx, changes: readonly RuleChange[]): Promise<Update> {
    const names = new Set<keyof BookTables>();
    const ids = new Set<number>();
    for (const { kind, keys } of changes)
      if (kind === 'interactions') for (const id of keys) ids.add(id);
      else if (kind !== 'rebuild') names.add(TABLE_OF[kind]);
    return {
      place: Math.max(0, ...changes.map(({ place }) => place)),
      tables: await this.rules.findTables(tx, names),
      pairs: ids.size === 0 ? [] : await this.rules.findChangedPairs(tx, [...ids]),
    };
  }

  private openLater(): void {
    if (this.open || this.opening || Date.now() < this.nextAttempt) return;
    this.opening = this.readAll()
      .then((open) => {
        this.open = open;
        this.reading = this.readWords();
      })
      .catch((error: unknown) => {
        this.nextAttempt = Date.now() + PAUSE_MS;
        this.logger.warn(`the rules could not be read: ${String(error)}; PostgreSQL answers`);
      })
      .finally(() => {
        this.opening = undefined;
      });
  }

  /** Reads ahead the words of current rules, as far as they are kept: screening does not wait for them meanwhile. */
  private async readWords(): Promise<void> {
    try {
      for (let after = 0, isMore = true; isMore && !this.words.isFull;) {
        const rules = await this.uow.read(systemContext(), (tx) =>
          this.rules.findCurrentInteractions(tx, after, WORDS_PIECE),
        );
        this.words.put(rules);
        after = rules.at(-1)?.id ?? after;
        isMore = rules.length === WORDS_PIECE;
      }
    } catch (error) {
      this.logger.warn(`the words of the rules could not be read ahead: ${String(error)}`);
    }
  }

  /**
   * Reads everything. The place is read first: what is committed while the rest is read comes again with the feed, and
   * taking it in twice changes nothing.
   */
  private readAll(): Promise<OpenBook> {
    return this.uow.read(systemContext(), async (tx) => {
      const at = await this.rules.findPlace(tx);
      const book = new Rulebook();
      for (let after = 0, isMore = true; isMore;) {
        const pairs = await this.rules.findPairs(tx, after, PIECE);
        for (const pair of pairs) book.addPair(pair);
        after = pairs.at(-1)?.id ?? after;
        isMore = pairs.length === PIECE;
      }
      book.put(await this.rules.findTables(tx, ALL_TABLES));
      return { ...at, book };
    });
  }
}

/** What is new since a place. */
interface Update {
  readonly place: number;
  readonly tables: Partial<BookTables>;
  readonly pairs: readonly { id: number; a: string; b: string; isCurrent: boolean }[];
}

/** The same book, at its new place: ended versions go before new ones come, for they may be of the same two. */
function applied({ book, feed, place }: OpenBook, update: Update): OpenBook {
  for (const pair of update.pairs) if (!pair.isCurrent) book.removePair(pair);
  for (const pair of update.pairs) if (pair.isCurrent) book.addPair(pair);
  book.put(update.tables);
  return { book, feed, place: Math.max(place, update.place) };
}

const distinctDrugs = ({ proposed, current }: ScreeningFacts): number[] => [
  ...new Set([...proposed, ...current].flatMap(({ drugId }) => drugId ?? [])),
];
