import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Injectable } from '@nestjs/common';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { packageRoot } from '../../../platform/package-root.js';
import { systemContext } from '../../../platform/security/request-context.js';
import { AtcCode, entryName } from '../list.schemas.js';
import { AtcRepository, type AtcClass } from './atc.repository.js';

const Row = z.object({ code: AtcCode, name: entryName(300), name_ar: z.string().trim() });

/** Loads the classes of the WHO ATC tree that Meditory ships (levels 1 to 4). */
@Injectable()
export class AtcTreeService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly atc: AtcRepository,
  ) {}

  /** Adds classes that are missing; one that is there keeps its names. Answers how many were added. */
  async load(file: string = join(packageRoot(), 'db', 'seed', 'catalogue', 'atc.csv')): Promise<number> {
    const classes = readClasses(await readFile(file, 'utf8'));
    return this.uow.runAsAdmin(systemContext(), (tx) => this.atc.add(tx, classes));
  }
}

/** The classes of a file with the columns code, name and name_ar, wider ones first. Throws a ZodError for a bad row. */
function readClasses(text: string): AtcClass[] {
  return z
    .array(Row)
    .parse(parse(text, { columns: true, bom: true }))
    .map(({ code, name, name_ar: nameAr }) => ({ code, name, nameAr }))
    .sort((a, b) => a.code.length - b.code.length || (a.code < b.code ? -1 : 1));
}
