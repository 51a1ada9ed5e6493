// Purchase orders sent by mail over a mail server of the test: once for one key, again where it did not go out, and never as a draft.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { readConfig } from '../../src/platform/config/config.js';
import { Mailer } from '../../src/platform/mail/mailer.js';
import { aDrug } from '../builders/drug.js';
import { aSupplier } from '../builders/procurement.js';
import { aBranch, aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';
import { connectAs } from '../support/db.js';
import { readPdf, seenLines } from '../support/pdf.js';
import { SmtpCatcher } from '../support/smtp.js';

interface Order {
  purchaseOrderId: number;
  orderNumber: string;
  version: number;
}
interface Mail {
  mailId: number;
  recipient: string;
  status: string;
  attempts: number;
  sentBy: string | null;
}

const FROM = 'Pharmacy <orders@pharmacy.example>';

/** The parts of a mail as they were written, decoded. */
const readable = (data: string): string =>
  data
    .split(/\r\n--[^\r\n]+/)
    .map((part) => {
      const [head = '', ...body] = part.split('\r\n\r\n');
      const text = body.join('\r\n\r\n');
      if (/base64/i.test(head)) return `${head}\n${Buffer.from(text, 'base64').toString('utf8')}`;
      if (!/quoted-printable/i.test(head)) return part;
      const bytes = text
        .replace(/=\r\n/g, '')
        .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
      return `${head}\n${Buffer.from(bytes, 'latin1').toString('utf8')}`;
    })
    .join('\n');

describe('orders sent by mail', () => {
  let smtp: SmtpCatcher | undefined;
  const server = (): SmtpCatcher => smtp ?? expect.unreachable();
  const { db, call } = useTestApp(async () => {
    smtp = await SmtpCatcher.listen();
    return { url: smtp.url, from: FROM };
  });
  let branchId = 0;
  let clerk: World;
  let supplierId = 0;
  let drugId = 0;

  beforeAll(async () => {
    branchId = await aBranch(db);
    clerk = await aWorldFor(db, 'inventory clerk', { branchId });
    supplierId = await aSupplier(db, { email: 'orders@supplier.example' });
    drugId = (await aDrug(db, { unitsPerPack: '30', nameAr: 'دواء تجريبي' })).drugId;
  });
  beforeEach(() => {
    server().manner = 'takes';
    server().mails.length = 0;
  });
  afterAll(() => smtp?.close());

  const post = <Body = Order>(path: string, body: object, key?: string, world = clerk) =>
    call<Body>('POST', path, { token: world.token, body, ...(key ? { key } : {}) });
  const draft = async (): Promise<Order> =>
    (await post('/purchase-orders', { supplierId, lines: [{ drugId, quantity: '10', price: '15.00' }] }))
      .body;
  const submitted = async (): Promise<Order> => {
    const { purchaseOrderId, version } = await draft();
    return (await post(`/purchase-orders/${purchaseOrderId}/submit`, { version })).body;
  };
  const to = 'orders@supplier.example';
  const send = (order: Order, body: object = { to }, key?: string, world = clerk) =>
    post<Mail & { type?: string }>(`/purchase-orders/${order.purchaseOrderId}/send`, body, key, world);
  const mails = async (order: Order) =>
    (
      await call<{ data: Mail[]; canSend: boolean; to: string }>(
        'GET',
        `/purchase-orders/${order.purchaseOrderId}/mails`,
        { token: clerk.token },
      )
    ).body;

  it('with its text, its page, its PDF and its lines, in the language of the supplier, once for one key', async () => {
    const order = await submitted();
    const first = await send(order, { to, language: 'ar' }, 'mail-1');
    expect(first).toMatchObject({ status: 200, body: { recipient: to, status: 'sent', attempts: 1 } });
    expect((await send(order, { to, language: 'ar' }, 'mail-1')).body).toEqual(first.body);
    expect(server().mails).toHaveLength(1);
    const [mail] = server().mails;
    expect(mail).toMatchObject({ from: 'orders@pharmacy.example', to });
    const text = readable(mail?.data ?? '');
    expect(text).toContain('نرجو توريد:');
    expect(text).toContain('dir="rtl"');
    expect(text).toContain(`filename=purchase-order-${order.purchaseOrderId}.csv`);
    expect(text).toContain('orderNumber,lineNo');
    const pdf = (mail?.data ?? '')
      .split(/\r\n--[^\r\n]+/)
      .find((part) => part.includes(`filename=purchase-order-${order.purchaseOrderId}.pdf`));
    const [head = '', body = ''] = pdf?.split('\r\n\r\n') ?? [];
    expect(head).toContain('application/pdf');
    expect(seenLines(readPdf(Buffer.from(body, 'base64'))).join('|')).toContain(order.orderNumber);
    expect(await mails(order)).toMatchObject({ canSend: true, to, data: [{ status: 'sent' }] });
  });

  it('says that it was refused or not answered, and the same key tries again', async () => {
    const order = await submitted();
    server().manner = 'refuses';
    const refused = await send(order, { to }, 'mail-2');
    expect(refused).toMatchObject({ status: 422, body: { type: '/problems/mail-refused' } });
    server().manner = 'busy';
    const busy = await send(order, { to }, 'mail-2');
    expect(busy).toMatchObject({ status: 503, body: { type: '/problems/mail-unreachable' } });
    expect((await mails(order)).data).toMatchObject([{ status: 'unreachable', attempts: 2 }]);
    server().manner = 'takes';
    expect((await send(order, { to }, 'mail-2')).body).toMatchObject({ status: 'sent', attempts: 3 });
    expect(server().mails).toHaveLength(1);
    expect((await mails(order)).data).toHaveLength(1);
  });

  it('at the same time by many with one key: it goes out once', async () => {
    const order = await submitted();
    const answers = await Promise.all(Array.from({ length: 6 }, () => send(order, { to }, 'mail-3')));
    expect(server().mails).toHaveLength(1);
    for (const { status } of answers) expect([200, 409]).toContain(status);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
    expect((await mails(order)).data).toMatchObject([{ status: 'sent', attempts: 1 }]);
  });

  it('not as a draft, not to what is no address, not by who only reads, not of another branch', async () => {
    const order = await draft();
    expect(await send(order)).toMatchObject({
      status: 409,
      body: { type: '/problems/invalid-transition', params: { allowed: ['submit', 'cancel'] } },
    });
    const sent = await submitted();
    for (const wrong of ['nobody', 'a@b, c@d', 'a@b\r\nBcc: c@d', ''])
      expect((await send(sent, { to: wrong })).status, wrong).toBe(400);
    const reader = await aWorldFor(db, 'auditor', { branchId });
    expect((await send(sent, { to }, undefined, reader)).status).toBe(403);
    const stranger = await aWorldFor(db, 'inventory clerk', { branchId: await aBranch(db) });
    expect((await send(sent, { to }, undefined, stranger)).status).toBe(404);
    expect(server().mails).toHaveLength(0);
    expect((await mails(sent)).data).toEqual([]);
  });

  it('a mail that went out stays as it is, whatever is believed above the database', async () => {
    const order = await submitted();
    const { mailId } = (await send(order)).body;
    const written = await draft();
    const app = await connectAs(db, 'pharmacy_app');
    try {
      await app.query(`select set_config('app.branches', $1, false)`, [String(branchId)]);
      const again = app.query(
        `update operational.purchase_order_mails set status = 'sending', attempts = attempts + 1 where mail_id = $1`,
        [mailId],
      );
      await expect(again).rejects.toMatchObject({ code: 'MD270' });
      const early = app.query(
        `insert into operational.purchase_order_mails (branch_id, purchase_order_id, recipient, language) values ($1, $2, 'a@b', 'en')`,
        [branchId, written.purchaseOrderId],
      );
      await expect(early).rejects.toMatchObject({ code: 'MD270' });
      const gone = app.query('delete from operational.purchase_order_mails');
      await expect(gone).rejects.toMatchObject({ code: '42501' });
    } finally {
      await app.end();
    }
  });

  it('waits no longer than it may for a mail server that says nothing', async () => {
    server().manner = 'silent';
    const mailer = new Mailer({ url: server().url, from: FROM }, 300);
    const message = { to, subject: 'x', text: 'x', html: '<p>x</p>', attachments: [] };
    expect(await mailer.send(message)).toBe('unreachable');
    expect(new Mailer(undefined).isConfigured).toBe(false);
  });
});

describe('a server without mail', () => {
  const { db, call } = useTestApp();

  it('says so, and sends nothing', async () => {
    const branchId = await aBranch(db);
    const clerk = await aWorldFor(db, 'inventory clerk', { branchId });
    const answer = await call('POST', '/purchase-orders/1/send', {
      token: clerk.token,
      body: { to: 'a@b.c' },
    });
    expect(answer).toMatchObject({ status: 422, body: { type: '/problems/mail-not-configured' } });
  });
});

describe('the settings of mail', () => {
  const url = 'smtp://user:secret-word@mail.example:587';

  it('come together, and are never repeated in a complaint', () => {
    expect(readConfig({ MEDITORY_SMTP_URL: url, MEDITORY_MAIL_FROM: FROM }).mail).toEqual({
      url,
      from: FROM,
    });
    expect(readConfig({}).mail).toBeUndefined();
    expect(() => readConfig({ MEDITORY_SMTP_URL: url })).toThrow(/MEDITORY_MAIL_FROM/);
    expect(() => readConfig({ MEDITORY_MAIL_FROM: FROM })).toThrow(/MEDITORY_SMTP_URL/);
    for (const wrong of ['http://mail.example', 'secret-word', 'smtp:'])
      expect(() => readConfig({ MEDITORY_SMTP_URL: wrong, MEDITORY_MAIL_FROM: FROM }), wrong).toThrow(
        /MEDITORY_SMTP_URL: must be like/,
      );
    expect(() => readConfig({ MEDITORY_SMTP_URL: url, MEDITORY_MAIL_FROM: 'x' })).toThrow(
      /MEDITORY_MAIL_FROM/,
    );
    for (const environment of [{ MEDITORY_SMTP_URL: url }, { MEDITORY_SMTP_URL: `http://${url}` }]) {
      let said = '';
      try {
        readConfig(environment);
      } catch (error) {
        said = String(error);
      }
      expect(said).not.toBe('');
      expect(said).not.toContain('secret-word');
    }
  });
});
