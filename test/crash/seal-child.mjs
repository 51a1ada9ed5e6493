// Seals the audit trail of a database again and again until it is killed, as the job of a server does; says so after each run that sealed.
import 'reflect-metadata';

import { DataSource } from 'typeorm';

import { AuditSealsRepository } from '../../dist/operational/audit-seals/audit-seals.repository.js';
import { SealerService } from '../../dist/operational/audit-seals/sealer.service.js';
import { dataSourceOptions } from '../../dist/platform/database/data-source-options.js';
import { UnitOfWork } from '../../dist/platform/database/unit-of-work.js';

const dataSource = await new DataSource(
  dataSourceOptions(JSON.parse(process.env.SEAL_SERVER), 2),
).initialize();
const settings = JSON.parse(process.env.SEAL_SETTINGS);
const sealer = new SealerService(new UnitOfWork(dataSource), new AuditSealsRepository(), settings);
for (;;) {
  const { seals } = await sealer.seal(5000);
  if (seals > 0) process.stdout.write(`${seals}\n`);
}
