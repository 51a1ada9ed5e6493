import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { symbolSvg } from '../../platform/barcode/symbols.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound } from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/schemas.js';
import { Money } from '../../platform/money/money.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { BranchesService } from '../auth/branches/branches.service.js';
import { renderTags, unitPriceOf } from './price-tag.domain.js';
import { PriceTagsRepository, type TaggedDrug } from './price-tags.repository.js';
import type { PrintTags, TagQuery, TagRow } from './price-tags.schemas.js';
import type { Tag } from './price-tags.types.js';

/** Price tags and shelf labels: which products want one, and their printable sheets. */
@Injectable()
export class PriceTagsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly tags: PriceTagsRepository,
    private readonly branches: BranchesService,
  ) {}

  /** Products to be tagged, by name: those searched for, whose price changed, or that came since a day. */
  findPage(ctx: RequestContext, query: z.output<typeof TagQuery>): Promise<Page<TagRow>> {
    return this.uow.read(ctx, async (tx) => {
      const { currencyDecimals } = await this.branches.settings(tx, ctx.branchId);
      const [rows, total] = await this.tags.findPage(tx, ctx.branchId, { ...query, q: query.q });
      const data = rows.map(({ unitsPerPack, ...row }) => ({
        ...row,
        price: Money.of(row.price).toString(),
        oldPrice: row.oldPrice === null ? null : Money.of(row.oldPrice).toString(),
        unitPrice: unitPriceOf(row.price, unitsPerPack, currencyDecimals),
      }));
      return { data, meta: { total, page: query.page, limit: query.limit } };
    });
  }

  /** Sheets of tags as an HTML page, in the order asked for. Throws NotFound for a product that does not exist. */
  html(ctx: RequestContext, input: z.output<typeof PrintTags>): Promise<string> {
    return this.uow.read(ctx, async (tx) => {
      const branch = await this.branches.settings(tx, ctx.branchId);
      const drugs = await this.tags.findMany(
        tx,
        input.tags.map(({ drugId }) => drugId),
      );
      const tags = input.tags.flatMap(({ drugId, copies }) => {
        const drug = drugs.get(drugId);
        if (!drug) throw new NotFound('drug');
        const tag = tagOf(drug, branch, input.unitPrice);
        return Array.from({ length: copies }, () => tag);
      });
      return renderTags(tags, input);
    });
  }
}

function tagOf(
  drug: TaggedDrug,
  branch: { readonly currency: string; readonly currencyDecimals: number },
  showUnitPrice: boolean,
): Tag {
  return {
    name: [drug.name, drug.strength !== null && drug.name.includes(drug.strength) ? null : drug.strength]
      .filter(Boolean)
      .join(' '),
    nameAr: drug.nameAr,
    price: Money.of(drug.price).toString(),
    currency: branch.currency,
    unitPrice: showUnitPrice ? unitPriceOf(drug.price, drug.unitsPerPack, branch.currencyDecimals) : null,
    baseUnit: drug.baseUnit,
    barcode: drug.barcode === null ? null : { svg: barcodeOf(drug.barcode), text: drug.barcode },
  };
}

/** An EAN-13 where the code is one; else Code 128, which takes what stands in the catalogue as it is, a wrong check digit too. */
function barcodeOf(code: string): string {
  return symbolSvg(/^\d{13}$/.test(code) && hasCheckDigit(code) ? 'ean13' : 'code128', code);
}

const hasCheckDigit = (code: string): boolean =>
  [...code].reduce((sum, digit, index) => sum + Number(digit) * (index % 2 === 0 ? 1 : 3), 0) % 10 === 0;
