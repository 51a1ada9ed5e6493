// A server process of the built product that fills one prescription and is killed (SIGKILL) with its nth statement just
// sent. Started by fill.crash.test.ts with an IPC channel; tells when it is ready, and how many statements there were.
import { AsyncLocalStorage } from 'node:async_hooks';
import { writeSync } from 'node:fs';

import { NestFactory } from '@nestjs/core';
import pg from 'pg';

import { AppModule } from '../../dist/app.module.js';
import { FillingService } from '../../dist/operational/prescriptions/filling.service.js';
import { RulebookKeeper } from '../../dist/reference/clinical/rulebook/rulebook-keeper.js';

const counting = new AsyncLocalStorage();
const { connect, query } = pg.Client.prototype;

pg.Client.prototype.connect = function (...args) {
  this.connectionParameters.application_name = 'crash-child';
  return connect.apply(this, args);
};
pg.Client.prototype.query = function (...args) {
  const count = counting.getStore();
  const sent = query.apply(this, args);
  if (count) {
    count.statements += 1;
    const [first] = args;
    const text = typeof first === 'string' ? first : (first.text ?? 'several statements');
    // What is kept for a retry travels with the commit, before it.
    const isLast = /^\s*(commit|update \/\* platform\.storeResponse)/.test(text);
    if (count.statements === count.killAt || (count.killAt === 'commit' && isLast)) {
      // Written before the kill, whatever becomes of this process.
      writeSync(1, text);
      // What is sent in one moment is written at its end: the kill comes when it is on its way.
      setImmediate(() => process.kill(process.pid, 'SIGKILL'));
    }
  }
  return sent;
};

const database = JSON.parse(process.env.MEDITORY_CHILD_DATABASE);
const app = await NestFactory.createApplicationContext(AppModule.on(database, 4), { logger: false });
const filling = app.get(FillingService, { strict: false });
// Read by the first fill otherwise: its statements are none of the fill's.
await app.get(RulebookKeeper, { strict: false }).ready();

process.on('message', ({ killAt, ctx, prescriptionId }) => {
  const count = { statements: 0, killAt };
  const actor = { ...ctx.actor, permissions: new Set(ctx.actor.permissions) };
  counting
    .run(count, () =>
      filling.fill({ ...ctx, actor }, prescriptionId, {
        complete: true,
        owe: false,
        overrides: [],
        scans: [],
      }),
    )
    .then(
      ({ fillId }) => process.send({ fillId, statements: count.statements }),
      (error) => process.send({ error: String(error) }),
    );
});
process.send('ready');
