// Receipts to printers over TCP, as bytes: what arrives, the drawer, a printer that is off, and the queue.
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';

import { afterEach, describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow } from '../builders/lot.js';
import { aTillShift } from '../builders/sale.js';
import { aWorldFor } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Printer {
  printerId: number;
  version: number;
  waiting: number;
  failure: string | null;
}
interface Job {
  printJobId: number;
  status: string;
  failure: string | null;
  attempts: number;
}

const DRAWER = Buffer.from('1b700019fa', 'hex');
const OPTIONS = { opensDrawer: true, active: true, dots: 576 };

describe('receipt printers', () => {
  const { db, call } = useTestApp();
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  /** A printer that keeps what it is sent, paper by paper. */
  async function aPrinter(port = 0): Promise<{ port: number; papers: Buffer[]; server: Server }> {
    const papers: Buffer[] = [];
    const server = createServer((socket) => {
      const chunks: Buffer[] = [];
      socket.on('data', (chunk) => chunks.push(chunk));
      socket.on('end', () => {
        papers.push(Buffer.concat(chunks));
        socket.end();
      });
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return { port: (server.address() as AddressInfo).port, papers, server };
  }

  async function aTill() {
    const world = await aWorldFor(db, 'administrator');
    await aTillShift(db, world);
    const { drugId } = await aDrug(db, { price: '10.00', unitsPerPack: '10' });
    await aLot(db, { branchId: world.branchId, drugId, quantity: '100', expiryDate: daysFromNow(200) });
    const post = <Body>(path: string, body?: object) =>
      call<Body>('POST', path, { token: world.token, body });
    const sell = async (method = 'cash') =>
      (
        await post<{ saleId: number; saleNumber: string }>('/sales', {
          items: [{ drugId, quantity: '1', unit: 'pack' }],
          payments: [{ method, amount: '10.00' }],
        })
      ).body;
    const printer = async (port: number) =>
      (
        await post<Printer>('/receipt-printers', {
          ...{ name: `Till ${port}`, driver: 'tcp', host: '127.0.0.1', port, path: null, ...OPTIONS },
        })
      ).body.printerId;
    const job = async (id: number) =>
      (await call<{ data: Job[] }>('GET', '/print-jobs?limit=100', world)).body.data.find(
        (one) => one.printJobId === id,
      );
    const until = (id: number, status: string) =>
      expect.poll(async () => (await job(id))?.status, { timeout: 30_000, interval: 50 }).toBe(status);
    return { world, post, sell, printer, job, until };
  }

  it('print a receipt, open the drawer for cash alone and once, and mark what follows as copies', async () => {
    const { post, sell, printer, until } = await aTill();
    const device = await aPrinter();
    const printerId = await printer(device.port);
    const sale = await sell();
    const first = await post<Job>('/print-jobs', { printerId, saleId: sale.saleId });
    expect(first.status).toBe(201);
    await until(first.body.printJobId, 'printed');
    const second = await post<Job>('/print-jobs', { printerId, saleId: sale.saleId });
    await until(second.body.printJobId, 'printed');
    const [paper, copy] = device.papers;
    expect(paper?.subarray(0, 5)).toEqual(DRAWER);
    expect(paper?.toString('latin1')).toContain(`{B${sale.saleNumber}`);
    expect(paper?.toString('latin1')).toContain('10.00 EGP');
    expect(paper?.toString('latin1')).not.toContain('COPY');
    expect(copy?.subarray(0, 2)).toEqual(Buffer.from('1b40', 'hex'));
    expect(copy?.toString('latin1')).toContain('COPY 1');
    const card = await sell('card');
    const third = await post<Job>('/print-jobs', { printerId, saleId: card.saleId, lang: 'ar' });
    await until(third.body.printJobId, 'printed');
    expect(device.papers[2]?.indexOf(DRAWER)).toBe(-1);
    // Arabic comes as pictures.
    expect(device.papers[2]?.includes(Buffer.from('1d763000480020', 'hex'))).toBe(true);
    const drawer = await post<Job>(`/receipt-printers/${printerId}/open-drawer`);
    await until(drawer.body.printJobId, 'printed');
    expect(device.papers[3]).toEqual(DRAWER);
    const { rows } = await db.owner.query('select count(*)::int as n from operational.print_job_bytes');
    expect(rows).toEqual([{ n: 0 }]);
  });

  it('that are off stop no sale: the paper waits, says why, and comes in order once they are on', async () => {
    const { world, post, sell, printer, job, until } = await aTill();
    const { port, server } = await aPrinter();
    await new Promise((resolve) => server.close(resolve));
    const printerId = await printer(port);
    const sales = [await sell(), await sell()];
    const jobs: number[] = [];
    for (const { saleId } of sales)
      jobs.push((await post<Job>('/print-jobs', { printerId, saleId })).body.printJobId);
    await expect
      .poll(async () => (await job(jobs[0] ?? 0))?.failure, { timeout: 30_000 })
      .toBe('unreachable');
    const listed = await call<{ data: Printer[] }>('GET', '/receipt-printers', world);
    expect(listed.body.data).toMatchObject([{ printerId, waiting: 2, failure: 'unreachable' }]);
    expect((await sell()).saleId).toBeGreaterThan(0);
    const device = await aPrinter(port);
    for (const id of jobs) await until(id, 'printed');
    expect(device.papers.map((paper) => /S\d{9}/.exec(paper.toString('latin1'))?.[0])).toEqual(
      sales.map(({ saleNumber }) => saleNumber),
    );
  });

  it('have a bounded queue, whose jobs are called off and tried again by hand', async () => {
    const { world, post, sell, printer } = await aTill();
    const printerId = await printer(1);
    const { saleId } = await sell();
    await db.owner.query(
      `insert into operational.print_jobs (branch_id, printer_id, kind, requested_by, next_try_at)
       select $1, $2, 'test', $3, now() + interval '1 hour' from generate_series(1, 200)`,
      [world.branchId, printerId, world.userId],
    );
    expect(await post('/print-jobs', { printerId, saleId })).toMatchObject({
      status: 409,
      body: { type: '/problems/print-queue-full' },
    });
    // Nothing of what was refused is kept: the receipt is still to be printed for the first time.
    expect((await post<{ printNo: number }>(`/sales/${saleId}/receipt-prints`)).body.printNo).toBe(1);
    const { rows } = await db.owner.query<{ id: number }>(
      'select max(print_job_id) as id from operational.print_jobs where printer_id = $1',
      [printerId],
    );
    const id = rows[0]?.id ?? 0;
    expect((await post<Job>(`/print-jobs/${id}/cancel`)).body.status).toBe('cancelled');
    expect((await post(`/print-jobs/${id}/cancel`)).status).toBe(409);
    expect((await post(`/print-jobs/${id}/retry`)).status).toBe(409);
  });

  it('are looked after by who runs the branch; addresses are checked', async () => {
    const { world, post, printer } = await aTill();
    const printerId = await printer(9100);
    const bad = (values: object) =>
      post('/receipt-printers', {
        name: 'x',
        driver: 'tcp',
        host: 'h',
        port: 1,
        path: null,
        ...OPTIONS,
        ...values,
      });
    expect((await bad({ host: 'a b' })).status).toBe(400);
    expect((await bad({ driver: 'file' })).status).toBe(400);
    expect((await bad({ driver: 'file', host: null, port: null, path: '/etc/passwd' })).status).toBe(400);
    expect((await bad({ driver: 'file', host: null, port: null, path: '../x.prn' })).status).toBe(400);
    expect((await bad({ name: 'Till 9100' })).status).toBe(409);
    const cashier = await aWorldFor(db, 'cashier', { branchId: world.branchId });
    const body = { name: 'mine', driver: 'tcp', host: 'h', port: 1, path: null, ...OPTIONS };
    expect((await call('POST', '/receipt-printers', { token: cashier.token, body })).status).toBe(403);
    const path = `/receipt-printers/${printerId}/open-drawer`;
    expect((await call('POST', path, { token: cashier.token })).status).toBe(403);
    const stranger = await aWorldFor(db, 'administrator');
    expect((await call('POST', path, { token: stranger.token })).status).toBe(404);
    const off = { ...body, active: false, version: 1 };
    expect(
      (await call('PATCH', `/receipt-printers/${printerId}`, { token: world.token, body: off })).status,
    ).toBe(200);
    expect((await post(`/receipt-printers/${printerId}/test`)).status).toBe(409);
  });
});
