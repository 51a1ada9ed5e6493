import { hash } from 'node:crypto';

import { foldText } from '../../platform/text/fold.js';
import { readCompanyName, type CompanyName } from './company-name.domain.js';
import { CopyBuffer } from './copy-buffer.js';
import { encodeCopyCells, encodeCopyRow } from './copy-text.domain.js';
import { DuplicateGuard } from './duplicate-guard.domain.js';
import type { CompositionCounts, ImportProgress } from './imports.types.js';
import { formWord, routeWord } from './list-words.domain.js';
import { NameKeys } from './name-keys.js';
import { faultsOf, type CheckedAgainst } from './product-check.domain.js';
import { RowLedger } from './row-ledger.js';
import type { OpenedInput } from './source-input.js';
import type {
  CatalogueSource,
  RowRef,
  SourceIngredient,
  SourceProduct,
  SourceRecord,
} from './source.types.js';
import {
  activeRawOf,
  arrayLiteral,
  categoryPaths,
  contentOf,
  ingredientStatus,
  packOf,
  stageCode,
  staysBehindTheCounter,
  type StagedCode,
  type StagedPart,
} from './staged-row.js';
import {
  STAGED_KINDS,
  type CatalogueKnown,
  type StagedBatch,
  type StagedKind,
  type StagedRelease,
} from './staged-release.types.js';
import { Substances } from './substances.js';

/** Bytes sent to the server in one go. */
const BATCH_BYTES = 1024 * 1024;
const MOST_COMPANIES = 20_000;

/**
 * Reads the files of one import into rows ready to be staged: checks them, links compositions, keeps the account of every
 * row. Made anew for each attempt, since it counts as it goes. It knows no database, so it can work in a thread of its own.
 */
export class ReleaseReader {
  private readonly guard = new DuplicateGuard();
  private readonly composition: CompositionCounts = { linked: 0, partial: 0, unlinked: 0, none: 0 };
  private readonly companies = new Map<string, CompanyName | null>();
  /** By the list itself: a source that remembers classes hands out the same one for the same class. */
  private readonly categories = new WeakMap<readonly string[], { key: number; folded: string }>();
  private readonly keys: NameKeys;
  private readonly ledger: RowLedger;
  private readonly substances: Substances;
  private readonly checked: CheckedAgainst;
  private readonly batch = newBatch();
  private rowNo = 0;
  private readonly started = performance.now();

  /** `send` takes a batch over and resolves when the next may come. */
  constructor(
    private readonly source: CatalogueSource,
    private readonly input: OpenedInput,
    private readonly releaseId: number,
    known: CatalogueKnown,
    private readonly send: (batch: StagedBatch) => Promise<void>,
    private readonly onProgress: (progress: ImportProgress) => void,
  ) {
    this.keys = new NameKeys(releaseId);
    const names = input.files.map(({ name }) => name);
    this.ledger = new RowLedger(releaseId, names, (row) => this.push('rejects', row));
    this.substances = new Substances(known, this.keys);
    this.checked = { handlingFlags: known.handlingFlags };
  }

  /** Reads every row of every file; throws ImportRefused where a file is not usable. */
  async read(): Promise<StagedRelease> {
    this.input.bytesRead = 0;
    this.tell();
    for await (const records of this.source.read(this.input)) {
      for (const record of isBatch(records) ? records : [records]) {
        this.take(record);
        if (this.batchBytes >= BATCH_BYTES) await this.flush();
      }
      this.tell();
    }
    await this.flush();
    this.tell();
    return this.result();
  }

  private result(): StagedRelease {
    const files = this.input.files.map((file) => this.ledger.close(file.account()));
    return {
      fileSha256: this.input.sha256(),
      files,
      read: files.reduce((sum, { rowsRead }) => sum + rowsRead, 0),
      staged: this.rowNo,
      rejected: files.reduce((sum, { rowsRejected }) => sum + rowsRejected, 0),
      composition: this.composition,
    };
  }

  private tell(): void {
    const rows = this.input.files.reduce((sum, { rowsRead }) => sum + rowsRead, 0);
    const seconds = Math.max(0.001, (performance.now() - this.started) / 1000);
    this.onProgress({
      phase: 'reading',
      rows,
      bytesRead: this.input.bytesRead,
      bytesTotal: this.input.bytesTotal,
      rowsPerSecond: Math.round(rows / seconds),
    });
  }

  private take(record: SourceRecord): void {
    if (record.kind === 'reject') this.ledger.reject(record, record.reasons, record.sourceId);
    else if (record.kind === 'ingredient') this.takeIngredient(record);
    else this.takeProduct(record);
  }

  private takeIngredient(record: SourceIngredient): void {
    const problem = this.substances.add(record);
    if (problem === undefined) this.ledger.take(record);
    else this.ledger.refuse(record, [{ column: 'name', reason: problem, value: record.name }]);
  }

  private takeProduct(product: SourceProduct): void {
    const nameFolded = foldText(product.name);
    const faults = faultsOf(product, nameFolded, this.checked);
    if (faults.length > 0) {
      const reasons = faults.map(({ field, reason, value }) => ({
        column: this.column(field),
        reason,
        value,
      }));
      this.ledger.refuse(product, reasons, product.sourceId);
      return;
    }
    const codes = this.codesOf(product);
    if (codes === undefined) return;
    const { file, line, sourceId } = product;
    const first = this.guard.check(sourceId, contentOf(product), file, line);
    if (first !== undefined) {
      const where = this.ledger.where(first);
      const reason = first.isSame
        ? `repeats ${where}`
        : `names the same product as ${where} with other content`;
      this.ledger.refuse(product, [{ column: null, reason, value: sourceId }]);
      return;
    }
    this.ledger.take(product, codes.refused);
    this.accept(product, nameFolded, codes.taken);
  }

  /** The codes of a product as stored. A code with a row of its own that is no code refuses that row; another the product. */
  private codesOf(product: SourceProduct): { taken: StagedCode[]; refused: RowRef[] } | undefined {
    const taken: StagedCode[] = [];
    const refused: RowRef[] = [];
    if (product.barcodes === undefined) return { taken, refused };
    const seen = new Set<string>();
    for (const barcode of product.barcodes) {
      const code = stageCode(barcode);
      const { row } = barcode;
      if (typeof code !== 'string') {
        if (!seen.has(code.gtin)) taken.push(code);
        seen.add(code.gtin);
        continue;
      }
      const reasons = [{ column: this.column('barcode'), reason: code, value: barcode.code }];
      if (row === undefined) {
        this.ledger.refuse(product, reasons, product.sourceId);
        return undefined;
      }
      this.ledger.reject(row, reasons);
      refused.push(row);
    }
    return { taken, refused };
  }

  private accept(product: SourceProduct, nameFolded: string, codes: readonly StagedCode[]): void {
    const parts = this.partsOf(product);
    const rowNo = ++this.rowNo;
    const status = ingredientStatus(parts);
    this.composition[parts.length === 0 ? 'none' : status] += 1;
    const company = this.company(product.company);
    const marketer = this.company(product.marketer);
    const { dosageForm, route, rows } = product;
    if (dosageForm !== undefined) this.form(dosageForm, product.formFamily);
    if (route !== undefined && this.keys.find('route', route) === undefined)
      this.keys.add({ kind: 'route', folded: route, ...routeWord(route) });
    const category = this.category(product.category);
    const named = encodeCopyCells([
      product.sourceId,
      product.name,
      nameFolded,
      product.nameAr ?? null,
      activeRawOf(product) ?? null,
      product.strength ?? null,
      dosageForm ?? null,
      route ?? null,
    ]);
    const details = encodeCopyCells([
      product.atcCode ?? null,
      product.price ?? null,
      product.oldPrice ?? null,
      product.priceCeiling ?? null,
      ...packOf(product),
      staysBehindTheCounter(product, parts, this.source.prescriptionOnly),
      product.rxOnly !== undefined,
      product.controlledSchedule ?? null,
      product.storage ?? null,
      arrayLiteral(product.handlingFlags),
      product.status ?? 'active',
      status,
    ]);
    const lists = `${company?.folded ?? ''}\t${marketer?.folded ?? ''}\t${category?.folded ?? ''}`;
    const content = `${named}\n${details}\n${lists}\n${this.stageRest(rowNo, product, parts, codes)}`;
    const sideRows = rows === undefined ? null : arrayLiteral(rows.flatMap(({ file, line }) => [file, line]));
    const companyKey = company === undefined ? '\\N' : this.keys.keyOf({ kind: 'company', ...company });
    const marketerKey = marketer === undefined ? '\\N' : this.keys.keyOf({ kind: 'company', ...marketer });
    // 192 bits: more than enough to tell that a product changed.
    const print = hash('sha256', content, 'base64url').slice(0, 32);
    this.push(
      'products',
      `${this.releaseId}\t${rowNo}\t${product.file}\t${product.line}\t${sideRows ?? '\\N'}\t${named}\t` +
        `${companyKey}\t${marketerKey}\t${category?.key ?? '\\N'}\t${details}\t${print}\n`,
    );
  }

  private partsOf({ composition, activeRaw, strength }: SourceProduct): StagedPart[] {
    if (composition !== undefined) return this.substances.stated(composition);
    return activeRaw === undefined ? [] : this.substances.parse(activeRaw, strength);
  }

  /** Stages composition, codes and packs; answers what of them makes the content. */
  private stageRest(
    rowNo: number,
    product: SourceProduct,
    parts: readonly StagedPart[],
    codes: readonly StagedCode[],
  ): string {
    const place = `${this.releaseId}\t${rowNo}\t`;
    let content = '';
    for (const [index, part] of parts.entries()) {
      const {
        ingredient,
        newName,
        rawText,
        amount = null,
        unit = null,
        perAmount = null,
        perUnit = null,
      } = part;
      const key =
        ingredient?.key ??
        (newName === undefined
          ? undefined
          : this.keys.keyOf({ kind: 'ingredient', name: newName, folded: newName }));
      const values = encodeCopyRow([rawText, amount, unit, perAmount, perUnit]);
      this.push('parts', `${place}${index + 1}\t${ingredient?.id ?? '\\N'}\t${key ?? '\\N'}\t${values}`);
      content += `${ingredient?.name ?? newName ?? ''}\t${values}`;
    }
    for (const { code, gtin, kind, barcode } of codes) {
      const { packLevel, baseUnits = null, description = null, row } = barcode;
      const values = encodeCopyCells([code, gtin, kind, packLevel, baseUnits, description]);
      this.push('codes', `${place}${values}\t${row?.file ?? '\\N'}\t${row?.line ?? '\\N'}\n`);
      content += `${values}\n`;
    }
    for (const { level, baseUnits, description = '' } of product.packs ?? []) {
      const values = encodeCopyRow([level, baseUnits, description]);
      this.push('packs', place + values);
      content += values;
    }
    return content;
  }

  private company(raw: string | undefined): CompanyName | undefined {
    if (raw === undefined) return undefined;
    let name = this.companies.get(raw);
    if (name === undefined) {
      if (this.companies.size >= MOST_COMPANIES) this.companies.clear();
      name = readCompanyName(raw) ?? null;
      this.companies.set(raw, name);
    }
    return name ?? undefined;
  }

  private form(name: string, family: string | undefined): void {
    if (this.keys.find('form', name) !== undefined) return;
    const word = formWord(name);
    const known = word.family === 'other' ? (family ?? 'other') : word.family;
    this.keys.add({ kind: 'form', name, folded: name, nameAr: word.nameAr, detail: { family: known } });
  }

  private category(names: readonly string[] | undefined): { key: number; folded: string } | undefined {
    if (names === undefined) return undefined;
    const known = this.categories.get(names);
    if (known !== undefined) return known;
    let last: { key: number; folded: string } | undefined;
    for (const { name, folded, parentFolded, depth } of categoryPaths(names))
      last = {
        folded,
        key: this.keys.keyOf({ kind: 'category', name, folded, detail: { parent: parentFolded, depth } }),
      };
    if (last !== undefined) this.categories.set(names, last);
    return last;
  }

  private column(field: string): string | null {
    const { columnOf } = this.source;
    return columnOf === undefined ? field : columnOf.call(this.source, field);
  }

  private push(kind: StagedKind, row: string): void {
    this.batch[kind].push(row);
  }

  private get batchBytes(): number {
    const { products, parts, codes, rejects } = this.batch;
    return products.length + parts.length + codes.length + rejects.length;
  }

  private async flush(): Promise<void> {
    const batch: StagedBatch = {};
    this.push('names', this.keys.takeText());
    for (const kind of STAGED_KINDS) {
      const rows = this.batch[kind].take();
      if (rows !== undefined) batch[kind] = rows;
    }
    if (Object.keys(batch).length > 0) await this.send(batch);
  }
}

const isBatch = (records: SourceRecord | readonly SourceRecord[]): records is readonly SourceRecord[] =>
  Array.isArray(records);

const newBatch = (): Record<StagedKind, CopyBuffer> => ({
  names: new CopyBuffer(),
  products: new CopyBuffer(),
  parts: new CopyBuffer(),
  codes: new CopyBuffer(),
  packs: new CopyBuffer(),
  rejects: new CopyBuffer(),
});
