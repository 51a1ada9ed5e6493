import type { Tx } from '../../platform/database/tx.js';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { databaseFailure } from '../../platform/errors/database-errors.js';
import { RuleViolation } from '../../platform/errors/domain-error.js';
import { systemContext } from '../../platform/security/request-context.js';
import type { StarterRulesService } from '../clinical/starter-rules.service.js';
import {
  CatalogueText,
  type ParsedPart,
  type PrescriptionOnlyList,
} from '../imports/catalogue-text.service.js';
import { columnsOf } from './legacy-columns.domain.js';
import { LegacyDrugReader, type LegacyDrug, type Note } from './legacy-drug.domain.js';
import { LegacyLists, LIST_KINDS } from './legacy-lists.service.js';
import { LegacyMoveRepository, type ListKind } from './legacy-move.repository.js';
import {
  barcodesOf,
  compositionLines,
  drugRow,
  ingredientStatus,
  isPrescriptionOnly,
  planProduct,
  type LinkedIngredient,
  type ProductPlan,
} from './legacy-products.js';
import { MoveTally } from './legacy-report.js';
import { LEGACY_KINDS, type LegacyReport, type LegacyTable } from './legacy.types.js';

/** 422: the move cannot be made or taken back as things are. */
export class LegacyMoveRefused extends RuleViolation {}

export interface MoveOptions {
  /** Do everything, report it, and take it back. */
  readonly dryRun?: boolean;
  /** What is prescription only where the older catalogue does not say so. */
  readonly prescriptionRules?: PrescriptionOnlyList | undefined;
  readonly onProgress?: (done: {
    readonly table: string;
    readonly rows: number;
    readonly of: number;
  }) => void;
}

export interface UndoReport {
  readonly tables: readonly { readonly table: string; readonly rows: number }[];
  readonly productsRemoved: number;
  /** Entries of lists that went; those in use elsewhere stayed. */
  readonly entriesRemoved: Readonly<Record<string, number>>;
}

class DryRunDone extends Error {
  constructor(readonly report: LegacyReport) {
    super('dry run');
  }
}

interface Products {
  readonly lists: LegacyLists;
  readonly tally: MoveTally;
  readonly read: (text: string) => readonly ParsedPart<LinkedIngredient>[];
  readonly barcodes: Set<string>;
  readonly rules: PrescriptionOnlyList | undefined;
  readonly listed: {
    readonly routes: ReadonlyMap<string, string>;
    readonly forms: ReadonlyMap<string, string>;
  };
}

/**
 * Takes an older catalogue over from `public`, whole or not at all, and gives it back. The tables go to the schema legacy as
 * they are; the catalogue is filled from them under the old ids.
 */
export class LegacyMoveService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly rules: StarterRulesService,
    private readonly repository = new LegacyMoveRepository(),
  ) {}

  /** The tables of an older catalogue that wait in public with rows; none once it was taken over. */
  waiting(): Promise<LegacyTable[]> {
    return this.uow.read(systemContext(), async (tx) => {
      const tables = (await this.repository.standing(tx)) ? [] : await this.repository.tables(tx, 'public');
      return tables.some(({ rowCount }) => rowCount > 0) ? tables : [];
    });
  }

  /** Takes the catalogue over. Throws LegacyMoveRefused; answers `moved: false` where public holds none. */
  async up(options: MoveOptions = {}): Promise<LegacyReport> {
    const started = performance.now();
    try {
      return await this.uow.run(systemContext(), async (tx) => {
        const report = await this.moveIn(tx, options, started);
        if (options.dryRun === true) throw new DryRunDone(report);
        return report;
      });
    } catch (error) {
      if (error instanceof DryRunDone) return error.report;
      throw asRefusal(error);
    }
  }

  /** Gives the tables back to public as they were. Throws LegacyMoveRefused where that would cost the pharmacy something. */
  async down(options: { discardEdits?: boolean } = {}): Promise<UndoReport> {
    try {
      return await this.uow.run(systemContext(), (tx) => this.moveOut(tx, options.discardEdits === true));
    } catch (error) {
      throw asRefusal(error);
    }
  }

  private async moveIn(tx: Tx, options: MoveOptions, started: number): Promise<LegacyReport> {
    await this.repository.lock(tx);
    if (await this.repository.standing(tx))
      throw new LegacyMoveRefused(
        'An older catalogue was taken over already. "legacy-move down" gives it back.',
      );
    const tables = await this.repository.tables(tx, 'public');
    const productsBefore = await this.repository.countProducts(tx);
    const tally = new MoveTally();
    if (tables.length > 0) {
      refuseStrangers(tables);
      await this.fill(tx, tables, tally, options);
    }
    const productsAfter = await this.repository.countProducts(tx);
    const leftInPublic = await this.repository.leftInPublic(tx);
    const seconds = Math.round(performance.now() - started) / 1000;
    const moved = tables.length > 0 && options.dryRun !== true;
    const report = tally.report(
      { moved, productsBefore, productsAfter, leftInPublic, seconds },
      (kind) => tables.find((table) => table.kind === kind)?.tableName ?? kind,
    );
    const standing = await this.repository.standing(tx);
    if (standing) await this.repository.storeReport(tx, standing.moveId, report);
    return report;
  }

  private async fill(
    tx: Tx,
    tables: readonly LegacyTable[],
    tally: MoveTally,
    options: MoveOptions,
  ): Promise<void> {
    const names = tables.map(({ tableName }) => tableName);
    await this.repository.move(tx, names, 'public', 'legacy');
    const moveId = await this.repository.insertMove(tx, names);
    const lists = new LegacyLists(this.repository, tally);
    for (const kind of LIST_KINDS) await lists.refresh(tx, kind);
    for (const table of tables) if (table.kind !== 'drugs') await lists.take(tx, table);
    await this.loadClinicalNames(tx, lists);
    const drugs = tables.find(({ kind }) => kind === 'drugs');
    if (drugs)
      await this.fillProducts(tx, drugs, moveId, { lists, tally, rules: options.prescriptionRules }, options);
    await this.repository.insertNotes(tx, moveId, tally.takeNotes());
    // A sequence does not go back with a rollback; a trial should not move it.
    if (options.dryRun !== true) await this.repository.advanceIds(tx, LEGACY_KINDS);
    await this.repository.refreshStatistics(tx);
  }

  /** Loads the clinical starter rules where none are, and says which standards are known to them by another name. */
  private async loadClinicalNames(tx: Tx, lists: LegacyLists): Promise<void> {
    if (!(await this.repository.hasClinicalRules(tx))) {
      // Theirs come after the ids kept.
      await this.repository.advanceIds(tx, LIST_KINDS);
      await this.rules.loadIn(tx);
    }
    await this.repository.linkToBases(tx);
    for (const kind of ['ingredients', 'routes'] as ListKind[]) await lists.refresh(tx, kind);
  }

  private async fillProducts(
    tx: Tx,
    table: LegacyTable,
    moveId: number,
    { lists, tally, rules }: Pick<Products, 'lists' | 'tally' | 'rules'>,
    options: MoveOptions,
  ): Promise<void> {
    const products: Products = {
      lists,
      tally,
      rules,
      read: await this.compositionReader(tx),
      barcodes: await this.repository.takenBarcodes(tx),
      listed: { routes: lists.listed('routes'), forms: lists.listed('dosage_forms') },
    };
    const reader = new LegacyDrugReader(table.columns);
    let done = 0;
    for await (const page of this.repository.pages(tx, table)) {
      const drugs: LegacyDrug[] = [];
      for (const row of page) {
        done += 1;
        const result = reader.read(row, done);
        if ('ok' in result) drugs.push(result.ok);
        else refuse(tally, reader.idText(row), result.refused);
      }
      await this.insertProducts(tx, drugs, products);
      await this.repository.insertNotes(tx, moveId, tally.takeNotes());
      options.onProgress?.({ table: table.tableName, rows: done, of: table.rowCount });
    }
    tally.count('drugs', 'found', done);
  }

  private async compositionReader(tx: Tx): Promise<Products['read']> {
    const known = new Map<number, LinkedIngredient>();
    const names = (await this.repository.lexicon(tx)).map(({ name, ingredientId, atcCode }) => {
      const ingredient = known.get(ingredientId) ?? { id: ingredientId, atcCode: atcCode ?? undefined };
      known.set(ingredientId, ingredient);
      return { name, ingredient };
    });
    return CatalogueText.compositions(names);
  }

  private async insertProducts(tx: Tx, drugs: readonly LegacyDrug[], to: Products): Promise<void> {
    const taken = await this.repository.takenIds(
      tx,
      drugs.map(({ drugId }) => drugId),
    );
    if (taken.length > 0) throw takenIds(taken);
    const { lists, tally } = to;
    const rows: object[] = [];
    const lines: object[] = [];
    const codes: object[] = [];
    const texts: object[] = [];
    for (const drug of drugs) {
      const { drugId, pharmacology, description } = drug;
      const plan = planProduct(drug, statedBy(drug, lists), to.listed);
      const parts = drug.activeRaw === null ? [] : to.read(drug.activeRaw);
      for (const line of compositionLines(plan, parts, (name) => lists.newIngredient(name))) lines.push(line);
      rows.push(this.productRow(plan, parts, to));
      const note = (found: Note): void => repaired(tally, drugId, found);
      const notes = [...drug.notes];
      for (const code of barcodesOf(drug, to.barcodes, (found) => notes.push(found)))
        codes.push({ drug_id: drugId, ...code });
      notes.forEach(note);
      if (pharmacology !== null || description !== null)
        texts.push({ drug_id: drugId, pharmacology, description });
      tally.barcodes.stated += drug.barcodes.length;
      if (notes.length > 0) tally.count('drugs', 'repaired');
      tally.count('drugs', 'kept');
    }
    tally.barcodes.stored += codes.length;
    await lists.flush(tx);
    await this.repository.insertDrugs(tx, rows);
    await this.repository.insertCompositions(tx, lines);
    await this.repository.insertBarcodes(tx, codes);
    await this.repository.insertTexts(tx, texts);
  }

  private productRow(
    plan: ProductPlan,
    parts: readonly ParsedPart<LinkedIngredient>[],
    { lists, tally, rules }: Products,
  ): object {
    const { drug } = plan;
    lists.need('routes', plan.route);
    lists.need('dosage_forms', plan.form);
    tally.routes.add(plan.routeLink);
    tally.forms.add(plan.formLink);
    const status = ingredientStatus(parts);
    tally.ingredients[parts.length === 0 ? 'notStated' : status] += 1;
    const rxOnly = isPrescriptionOnly(plan, parts, rules);
    if (rxOnly) tally.prescriptionOnly += 1;
    return drugRow(plan, {
      companyId: lists.find('companies', drug.companyId, drug.company),
      categoryId: lists.find('therapeutic_categories', drug.categoryId, drug.category),
      ingredientStatus: status,
      rxOnly,
    });
  }

  private async moveOut(tx: Tx, discardEdits: boolean): Promise<UndoReport> {
    await this.repository.lock(tx);
    const standing = await this.repository.standing(tx);
    if (!standing)
      throw new LegacyMoveRefused('No older catalogue was taken over, so there is none to give back.');
    const edited = await this.repository.countEdited(tx);
    if (edited > 0 && !discardEdits)
      throw new LegacyMoveRefused(
        `${edited} products were edited since the move, and the edits would be lost. Repeat with --discard-edits to give the catalogue back without them.`,
      );
    const productsRemoved = await this.repository.deleteProducts(tx);
    const entriesRemoved: Record<string, number> = {};
    for (const kind of [
      'ingredients',
      'therapeutic_categories',
      'routes',
      'dosage_forms',
      'companies',
    ] as const)
      entriesRemoved[kind] = await this.repository.deleteEntries(tx, standing.moveId, kind);
    await this.repository.move(tx, standing.tables, 'legacy', 'public');
    await this.repository.markUndone(tx, standing.moveId);
    await this.repository.refreshStatistics(tx);
    const tables = await this.repository.tables(tx, 'public');
    return {
      tables: tables.map(({ tableName, rowCount }) => ({ table: tableName, rows: rowCount })),
      productsRemoved,
      entriesRemoved,
    };
  }
}

/** What a product states of route and form, by name: its text, or the name of the entry its id means. */
const statedBy = (drug: LegacyDrug, lists: LegacyLists): { route: string | null; form: string | null } => ({
  route: drug.route ?? lists.nameOf('routes', drug.routeId),
  form: drug.dosageForm ?? lists.nameOf('dosage_forms', drug.dosageFormId),
});

function refuse(tally: MoveTally, legacyId: string | null, { reason, value }: Note): void {
  tally.count('drugs', 'refused');
  tally.note({ tableName: 'drugs', legacyId, targetId: null, outcome: 'refused', reason, rawValue: value });
}

function repaired(tally: MoveTally, drugId: number, { reason, value }: Note): void {
  tally.note({
    tableName: 'drugs',
    legacyId: String(drugId),
    targetId: drugId,
    outcome: 'repaired',
    reason,
    rawValue: value,
  });
}

/** Tables that bear a name of the catalogue but are something else. */
function refuseStrangers(tables: readonly LegacyTable[]): void {
  for (const { kind, tableName, columns } of tables) {
    const map = columnsOf(kind, columns);
    if ((kind === 'ingredient_synonyms' ? map.synonym : map.name) === undefined)
      throw new LegacyMoveRefused(
        `public.${tableName} has no column with a name (columns: ${columns.join(', ')}), so it is not the catalogue this command knows. Rename the table if it is something else.`,
      );
  }
}

function takenIds(taken: readonly { drugId: number; name: string; source: string }[]): LegacyMoveRefused {
  const shown = taken.map(({ drugId, name, source }) => `${drugId} (${name}, from ${source})`).join(', ');
  return new LegacyMoveRefused(
    `The catalogue has products under ids of the older one already: ${shown}. Ids are kept, so the move needs a catalogue without them: a new database, started with MEDITORY_SAMPLE=none.`,
  );
}

/** Says what a failure of the database means here. */
function asRefusal(error: unknown): unknown {
  const failure = databaseFailure(error);
  switch (failure?.code) {
    case '23503':
      return new LegacyMoveRefused(
        `Products of the older catalogue are in use, so it cannot be given back: ${failure.detail ?? failure.message}`,
      );
    case '42501':
      return new LegacyMoveRefused(
        `The database login may not move these tables: ${failure.message}. Use the login that owns them (DB_USERNAME).`,
      );
    case '55P03':
      return new LegacyMoveRefused(
        'The tables are in use by another program. Stop whatever reads the older catalogue and try again.',
      );
    case '42P07':
      return new LegacyMoveRefused(
        `A table of that name is there already: ${failure.message}. Rename it first.`,
      );
    default:
      return error;
  }
}
