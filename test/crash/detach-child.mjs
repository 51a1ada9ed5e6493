// Detaches old months of the audit trail of a database, and stands still after the step DETACH_STOP until it is killed.
import 'reflect-metadata';

import { DataSource } from 'typeorm';

import { AuditSealsRepository } from '../../dist/operational/audit-seals/audit-seals.repository.js';
import { DetachService } from '../../dist/operational/audit-seals/detach.service.js';
import { AuditExportService } from '../../dist/operational/audit-seals/export.service.js';
import { SealerService } from '../../dist/operational/audit-seals/sealer.service.js';
import { dataSourceOptions } from '../../dist/platform/database/data-source-options.js';
import { withOwnerConnection } from '../../dist/platform/database/owner-connection.js';
import { UnitOfWork } from '../../dist/platform/database/unit-of-work.js';

const { app, superuser, settings, folder, stop } = JSON.parse(process.env.DETACH);
const dataSource = await new DataSource(dataSourceOptions(app, 2)).initialize();
const [uow, seals] = [new UnitOfWork(dataSource), new AuditSealsRepository()];
const sealer = new SealerService(uow, seals, settings);
const service = new DetachService(uow, seals, sealer, new AuditExportService(uow, seals, sealer));
const onStep = async (_month, step) => {
  if (step !== stop) return;
  process.stdout.write(`${step}\n`);
  await new Promise((resolve) => setTimeout(resolve, 600_000));
};
await withOwnerConnection(superuser, (owner) =>
  service.detach(owner, { before: '2019-01', years: 6, folder, onStep }),
);
await dataSource.destroy();
process.stdout.write('ended\n');
