import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Injectable } from '@nestjs/common';
import { z } from 'zod';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { systemContext } from '../../platform/security/request-context.js';
import { AuditSealsRepository } from './audit-seals.repository.js';
import { verifyExport } from './export-file.js';
import { SealerService } from './sealer.service.js';

/** What is written beside the file of a month. */
const Manifest = z.object({
  format: z.literal(1),
  month: z.string(),
  file: z.string().regex(/^[\w.-]+$/),
  sha256: z.string(),
});

/** What the files of months that left come to. */
export interface DetachedReport {
  readonly ok: boolean;
  /** Removals whose file is there, proves itself and equals the seals. */
  readonly proved: number;
  readonly rows: number;
  /** What is missing or not as it was, in words. */
  readonly faults: readonly string[];
}

/** Proves the files of what left the trail: each removal names its file by hash, and the seals that stayed know its rows. */
@Injectable()
export class DetachedFilesService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly seals: AuditSealsRepository,
    private readonly sealer: SealerService,
  ) {}

  async verify(folder: string): Promise<DetachedReport> {
    const keys = await this.sealer.provingKeys();
    const files = await this.filesIn(folder);
    const removals = await this.uow.read(systemContext(), (tx) =>
      this.seals.findRemovals(tx, 1, Number.MAX_SAFE_INTEGER),
    );
    const faults: string[] = [];
    let [proved, rows] = [0, 0];
    for (const removal of removals) {
      const seals = `seals ${removal.firstSeal} to ${removal.lastSeal}`;
      const file = files.get(removal.exportSha256.toString('hex'));
      if (file === undefined) {
        faults.push(`The file of ${seals} is not in ${folder}.`);
        continue;
      }
      const report = await verifyExport(file, keys).catch((error: unknown) => {
        faults.push(
          `${file} of ${seals} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
        );
      });
      if (!report) continue;
      const hashes = await this.uow.read(systemContext(), (tx) =>
        this.seals.findHashes(tx, [...report.seals.keys()]),
      );
      const isIt =
        report.ok &&
        report.sha256 === removal.exportSha256.toString('hex') &&
        hashes.length === report.seals.size &&
        hashes.every(({ sealNo, hash }) => report.seals.get(sealNo) === hash);
      if (isIt) [proved, rows] = [proved + 1, rows + removal.rowCount];
      else faults.push(`${file} is not what left with ${seals}. ${report.findings[0]?.detail ?? ''}`.trim());
    }
    return { ok: faults.length === 0, proved, rows, faults };
  }

  /** Files by the hash their manifests give. */
  private async filesIn(folder: string): Promise<Map<string, string>> {
    const files = new Map<string, string>();
    for (const name of (await readdir(folder)).filter((one) => one.endsWith('.json'))) {
      const manifest = Manifest.safeParse(JSON.parse(await readFile(join(folder, name), 'utf8')));
      if (manifest.success) files.set(manifest.data.sha256, join(folder, manifest.data.file));
    }
    return files;
  }
}
