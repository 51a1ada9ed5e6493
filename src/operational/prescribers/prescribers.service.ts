import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound, StaleVersion } from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/schemas.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { foldText } from '../../platform/text/fold.js';
import './prescribers.errors.js';
import { PrescribersRepository, type PrescriberRow } from './prescribers.repository.js';
import type { CreatePrescriber, PrescriberQuery, UpdatePrescriber } from './prescribers.schemas.js';

type Names = Partial<Record<'firstName' | 'lastName' | 'firstNameAr' | 'lastNameAr', string | null>>;

const foldedNames = (names: Names): string =>
  foldText(
    [names.firstName, names.lastName, names.firstNameAr, names.lastNameAr]
      .filter((name) => typeof name === 'string')
      .join(' '),
  );

/** The register of prescribers. */
@Injectable()
export class PrescribersService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly prescribers: PrescribersRepository,
  ) {}

  findPage(ctx: RequestContext, query: z.output<typeof PrescriberQuery>): Promise<Page<PrescriberRow>> {
    const { page, limit, q, active } = query;
    const words =
      q === undefined
        ? null
        : foldText(q)
            .split(' ')
            .filter((word) => word !== '');
    return this.uow.read(ctx, async (tx) => {
      const search = { words, text: q ?? '', active: active ?? null };
      const { rows, total } = await this.prescribers.findPage(tx, search, limit, (page - 1) * limit);
      return { data: rows, meta: { total, page, limit } };
    });
  }

  findOne(ctx: RequestContext, prescriberId: number): Promise<PrescriberRow> {
    return this.uow.read(ctx, (tx) => this.get(tx, prescriberId));
  }

  create(ctx: RequestContext, input: z.output<typeof CreatePrescriber>): Promise<PrescriberRow> {
    return this.uow.run(ctx, async (tx) => {
      const id = await this.prescribers.insert(tx, { ...input, nameFolded: foldedNames(input) });
      return this.get(tx, id);
    });
  }

  update(
    ctx: RequestContext,
    prescriberId: number,
    input: z.output<typeof UpdatePrescriber>,
  ): Promise<PrescriberRow> {
    const { version, ...values } = input;
    return this.uow.run(ctx, async (tx) => {
      const current = await this.get(tx, prescriberId);
      const given = Object.entries(values).filter(([, value]) => value !== undefined);
      const nameFolded = foldedNames({ ...current, ...Object.fromEntries(given) });
      if (!(await this.prescribers.update(tx, prescriberId, version, { ...values, nameFolded })))
        throw new StaleVersion('prescriber');
      return this.get(tx, prescriberId);
    });
  }

  /** The prescriber; NotFound when there is none. */
  async get(tx: Tx, prescriberId: number): Promise<PrescriberRow> {
    const prescriber = await this.prescribers.findOne(tx, prescriberId);
    if (!prescriber) throw new NotFound('prescriber');
    return prescriber;
  }
}
