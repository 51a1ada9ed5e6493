import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { NotFound, RuleViolation } from '../../../platform/errors/domain-error.js';
import type { Page } from '../../../platform/http/schemas.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { ListRepository } from '../list.repository.js';
import { ListService } from '../list.service.js';
import type { Counted } from '../list.types.js';
import { foldedClass } from './atc.domain.js';
import { AtcRepository } from './atc.repository.js';
import { THERAPEUTIC_CATEGORIES, type TherapeuticCategory } from './therapeutic-category.entity.js';
import type {
  CreateTherapeuticCategory,
  TherapeuticCategoryQuery,
  UpdateTherapeuticCategory,
} from './therapeutic-categories.schemas.js';

/** Therapeutic categories: the ATC tree, whose shape follows from the codes, and the categories beside it. */
@Injectable()
export class TherapeuticCategoriesService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly lists: ListService,
    private readonly entries: ListRepository,
    private readonly atc: AtcRepository,
  ) {}

  /** A page of categories; of an ATC class, `products` counts the classes under it too. */
  async findPage(
    ctx: RequestContext,
    query: z.output<typeof TherapeuticCategoryQuery>,
  ): Promise<Page<Counted<TherapeuticCategory>>> {
    const { kind, level, parentId, ...rest } = query;
    const page = await this.lists.findPage(ctx, THERAPEUTIC_CATEGORIES, rest, { kind, level, parentId });
    const codes = page.data.flatMap((entry) => (entry.kind === 'atc' && entry.code ? [entry.code] : []));
    if (codes.length === 0) return page;
    const counts = await this.uow.read(ctx, (tx) => this.atc.countProducts(tx, codes));
    const data = page.data.map((entry) =>
      entry.kind === 'atc'
        ? { ...entry, products: (entry.products ?? 0) + (counts.get(entry.code ?? '') ?? 0) }
        : entry,
    );
    return { ...page, data };
  }

  /** Adds a category. Throws Duplicate (409) for a name or code in use, RuleViolation (422) for a class without its code. */
  async create(
    ctx: RequestContext,
    input: z.output<typeof CreateTherapeuticCategory>,
  ): Promise<TherapeuticCategory> {
    const { kind = 'local', ...values } = input;
    const code = kind === 'atc' ? (values.code ?? values.atcCode) : values.code;
    if (kind === 'local') return this.lists.create(ctx, THERAPEUTIC_CATEGORIES, { ...values, kind, code });
    if (!code) throw new RuleViolation('A class of the ATC tree needs its code.');
    return this.uow.runAsAdmin(ctx, async (tx) => {
      const nameFolded = foldedClass(code, values.name, values.nameAr);
      const { name, nameAr } = values;
      const made = await this.entries.insert(tx, THERAPEUTIC_CATEGORIES, {
        name,
        nameAr,
        nameFolded,
        kind,
        code,
        atcCode: code,
      });
      await this.atc.placeUnder(tx);
      return made;
    });
  }

  /**
   * Changes a category. Of an ATC class only the names: code, level and wider class follow from one another.
   * Throws NotFound, StaleVersion (409), Duplicate (409), RuleViolation (422).
   */
  update(
    ctx: RequestContext,
    id: number,
    change: z.output<typeof UpdateTherapeuticCategory>,
  ): Promise<TherapeuticCategory> {
    return this.uow.runAsAdmin(ctx, async (tx) => {
      const present = await this.entries.find(tx, THERAPEUTIC_CATEGORIES, id);
      if (!present) throw new NotFound(THERAPEUTIC_CATEGORIES.what);
      const { code } = present;
      if (present.kind === 'local' || code === null)
        return this.lists.updateIn(tx, THERAPEUTIC_CATEGORIES, id, change);
      if (change.parentId !== undefined || change.code !== undefined || change.atcCode !== undefined)
        throw new RuleViolation(
          'Code and place of an ATC class are what the tree says; only its names change.',
          {
            code,
          },
        );
      const name = change.name ?? present.name;
      const nameAr = change.nameAr === undefined ? present.nameAr : change.nameAr;
      const { version } = change;
      const nameFolded = foldedClass(code, name, nameAr);
      return this.lists.updateIn(tx, THERAPEUTIC_CATEGORIES, id, { name, nameAr, nameFolded, version });
    });
  }
}
