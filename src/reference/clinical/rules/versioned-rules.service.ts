import { randomUUID } from 'node:crypto';

import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { NotFound, StaleVersion } from '../../../platform/errors/domain-error.js';
import type { Page } from '../../../platform/http/schemas.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { ClinicalService } from '../clinical.service.js';
import type { RuleSubject } from './rule.schemas.js';
import type { RuleKind, RulePageQuery, SubjectIds, VersionedRule } from './versioned-rule.types.js';
import { VersionedRulesRepository } from './versioned-rules.repository.js';

/** More versions than any rule has had. */
const MOST_VERSIONS = 100;

/** Finds the ids of subjects as requests name them. */
export type SubjectResolver = (subject: RuleSubject) => SubjectIds;

/** Keeping rules: a new one is version 1; a change ends the current version and adds the next, nothing is overwritten. */
@Injectable()
export class VersionedRulesService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly rules: VersionedRulesRepository,
    private readonly clinical: ClinicalService,
  ) {}

  findPage<Row extends VersionedRule, View>(
    ctx: RequestContext,
    kind: RuleKind<Row>,
    query: RulePageQuery,
  ): Promise<Page<View>> {
    const { page, limit } = query;
    return this.uow.read(ctx, async (tx) => {
      const { data, total } = await this.rules.findPage<Row, View>(tx, kind, query);
      return { data, meta: { total, page, limit } };
    });
  }

  /** The versions of the rule of which `id` is one, the latest first. Throws NotFound. */
  findVersions<Row extends VersionedRule, View>(
    ctx: RequestContext,
    kind: RuleKind<Row>,
    id: number,
  ): Promise<{ data: View[] }> {
    return this.uow.read(ctx, async (tx) => {
      const row = await this.rules.findRow(tx, kind, id);
      if (!row) throw new NotFound(kind.what);
      return { data: await this.rules.findVersions<Row, View>(tx, kind, row.code, MOST_VERSIONS) };
    });
  }

  /**
   * Ends a rule: its current version judges nothing from now on, and none follows. What it judged stays as it was. Throws NotFound,
   * StaleVersion (also when it has ended already).
   */
  end<Row extends VersionedRule, View>(
    ctx: RequestContext,
    kind: RuleKind<Row>,
    id: number,
    version: number,
  ): Promise<View> {
    return this.uow.runAsAdmin(ctx, async (tx) => {
      if (!(await this.rules.findRow(tx, kind, id))) throw new NotFound(kind.what);
      if (!(await this.rules.close(tx, kind, id, version))) throw new StaleVersion(kind.what);
      return this.shown(tx, kind, id);
    });
  }

  /** Adds a rule. `build` turns the request into columns. Throws UnknownClinicalSubject, Duplicate. */
  create<Row extends VersionedRule, View>(
    ctx: RequestContext,
    kind: RuleKind<Row>,
    subjects: readonly RuleSubject[],
    code: string | undefined,
    build: (resolve: SubjectResolver) => Partial<Row>,
  ): Promise<View> {
    return this.keep(ctx, null, async (tx) => {
      const values = build(await this.resolver(tx, subjects));
      const id = await this.rules.insert(tx, kind, { ...values, code: code ?? `local:${randomUUID()}` });
      return this.shown(tx, kind, id);
    });
  }

  /**
   * Ends the version given and adds the next with the changes; the answer has a new id. Throws NotFound, StaleVersion
   * (also when `id` is of a version that ended), UnknownClinicalSubject, Duplicate.
   */
  change<Row extends VersionedRule, View>(
    ctx: RequestContext,
    kind: RuleKind<Row>,
    id: number,
    version: number,
    subjects: readonly RuleSubject[],
    build: (resolve: SubjectResolver) => Partial<Row>,
  ): Promise<View> {
    return this.keep(ctx, id, async (tx) => {
      const row = await this.rules.findRow(tx, kind, id);
      if (!row) throw new NotFound(kind.what);
      const changes = build(await this.resolver(tx, subjects));
      if (!(await this.rules.close(tx, kind, id, version))) throw new StaleVersion(kind.what);
      const next = nextVersion(row, changes);
      return this.shown(tx, kind, await this.rules.insert(tx, kind, next));
    });
  }

  /** Runs a change of a rule (of the row given; null: a new one) as the role that may. A draft takes it back. */
  protected keep<View>(
    ctx: RequestContext,
    _changed: number | null,
    change: (tx: Tx) => Promise<View>,
  ): Promise<View> {
    return this.uow.runAsAdmin(ctx, change);
  }

  private async resolver(tx: Tx, subjects: readonly RuleSubject[]): Promise<SubjectResolver> {
    const codes = subjects.flatMap((subject) => ('groupCode' in subject ? [subject.groupCode] : []));
    const groups = await this.clinical.groupIds(tx, codes);
    return (subject) => ({
      drugId: 'drugId' in subject ? subject.drugId : null,
      ingredientId: 'ingredientId' in subject ? subject.ingredientId : null,
      groupId: 'groupCode' in subject ? (groups.get(subject.groupCode) ?? null) : null,
    });
  }

  private async shown<Row extends VersionedRule, View>(
    tx: Tx,
    kind: RuleKind<Row>,
    id: number,
  ): Promise<View> {
    const view = await this.rules.findView<Row, View>(tx, kind, id);
    if (!view) throw new NotFound(kind.what);
    return view;
  }
}

/** The version after this one: what is not changed stays, identity and validity are its own. */
function nextVersion<Row extends VersionedRule>(row: Row, changes: Partial<Row>): Partial<Row> {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  const values: Partial<Row> = { ...row };
  Object.assign(values, Object.fromEntries(given), { version: row.version + 1, validTo: null });
  delete values.id;
  delete values.validFrom;
  return values;
}
