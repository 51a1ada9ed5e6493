// The work board by keyboard: one key takes what is next, everything can be undone, and what another does is seen without
// loading anything. A branch of its own for each language: other tests have work on the boards of the sample pharmacy.
import { randomBytes } from 'node:crypto';

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { Visit, VISITS } from './visit.js';

interface Rx {
  prescriptionId: number;
  rxNumber: string;
  alerts: { alertId: number; stops: boolean }[];
}
interface Taken {
  card: { rxNumber: string; lease: { leaseId: number } } | null;
}

const PEOPLE = [
  ['Mona', 'Adel', 'منى', 'عادل'],
  ['Karim', 'Saleh', 'كريم', 'صالح'],
  ['Laila', 'Hassan', 'ليلى', 'حسن'],
  ['Omar', 'Nabil', 'عمر', 'نبيل'],
] as const;

/** A branch with the work of a morning, made through the API by the one who visits. */
class Morning {
  private constructor(
    readonly visit: Visit,
    private readonly address: string,
    readonly branchId: number,
  ) {}

  static async begin(visit: Visit, address: string): Promise<Morning> {
    const code = `B${randomBytes(4).toString('hex').toUpperCase()}`;
    const open = new Morning(visit, address, 0);
    const { branchId } = await open.post<{ branchId: number }>('/branches', {
      code,
      name: `Board ${code}`,
      timeZone: 'Africa/Cairo',
    });
    await visit.page.evaluate(`localStorage.setItem('meditory.branch', '${branchId}')`);
    return new Morning(visit, address, branchId);
  }

  /** At the branch of the morning, as another window of the same user would. */
  async post<Body>(path: string, data: object = {}): Promise<Body> {
    const answer = await this.visit.context.request.post(`/api${path}`, {
      data,
      headers: {
        origin: this.address,
        'idempotency-key': randomBytes(12).toString('hex'),
        ...(this.branchId > 0 ? { 'x-branch-id': String(this.branchId) } : {}),
      },
    });
    if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`);
    return (await answer.json()) as Body;
  }

  private async first(path: string): Promise<Record<string, number>> {
    const answer = await this.visit.context.request.get(`/api${path}`);
    const [row] = ((await answer.json()) as { data: Record<string, number>[] }).data;
    if (!row) throw new Error(`nothing at ${path}`);
    return row;
  }

  /** Prescriptions promised so many minutes from now, in the order given; each for another patient. */
  async work(promises: readonly { minutes: number; waiting?: boolean; draft?: boolean }[]): Promise<Rx[]> {
    const [drug, prescriber] = [
      await this.first('/drugs/search?q=paravelin'),
      await this.first('/prescribers?limit=1'),
    ];
    const made: Rx[] = [];
    for (const [n, { minutes, waiting = false, draft = false }] of promises.entries()) {
      const [firstName, lastName, firstNameAr, lastNameAr] = PEOPLE[n % PEOPLE.length] ?? PEOPLE[0];
      const { patientId } = await this.post<{ patientId: number }>('/patients', {
        firstName,
        lastName,
        firstNameAr,
        lastNameAr,
        birthDate: '1980-05-17',
        sex: 'female',
      });
      made.push(
        await this.post<Rx>('/prescriptions', {
          patientId,
          drugId: drug['drugId'],
          prescriberId: prescriber['prescriberId'],
          quantity: '20',
          daysSupply: 5,
          sig: '1 tab po tid pc',
          prescribedDate: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10),
          promisedAt: new Date(Date.now() + minutes * 60_000).toISOString(),
          waitingInStore: waiting,
          draft,
          refillsAuthorized: 1,
        }),
      );
    }
    await this.post('/inventory/receive', {
      items: [
        {
          drugId: drug['drugId'],
          lotNumber: 'BOARD-1',
          expiryDate: '2099-12-31',
          quantity: '500',
          unitCost: '1',
        },
      ],
    });
    return made;
  }

  async fill({ prescriptionId, alerts }: Rx): Promise<number> {
    const overrides = alerts
      .filter(({ stops }) => stops)
      .map(({ alertId }) => ({ alertId, reason: 'prescriber_consulted', note: 'asked for the board' }));
    return (await this.post<{ fillId: number }>(`/prescriptions/${prescriptionId}/fill`, { overrides }))
      .fillId;
  }
}

describe('the work board', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it.each(VISITS)('is worked by keyboard and follows what others do, in $language', async (kind) => {
    const visit = await Visit.begin(browser, address, kind);
    const { page, keys } = visit;
    const morning = await Morning.begin(visit, address);
    const column = (id: string) => page.getByRole('region', { name: visit.word(`board.column.${id}`) });
    const cardIn = (id: string, { rxNumber }: Rx) =>
      column(id).getByRole('link').filter({ hasText: rxNumber });
    // The page itself holds every card's words: only a card counts.
    const focused = () =>
      page.evaluate<string>(
        'document.activeElement?.matches("[data-card]") ? document.activeElement.textContent : ""',
      );

    // Nothing to do: it says so.
    await page.goto('/prescriptions');
    await visit.heading('board.title').waitFor();
    await column('fill').getByText(visit.word('board.clear')).first().waitFor();
    await visit.clean('board empty');

    const [late, waits, later, draft, done, ready] = (await morning.work([
      { minutes: -25 },
      { minutes: 5, waiting: true },
      { minutes: 90 },
      { minutes: 60, draft: true },
      { minutes: 30 },
      { minutes: 45 },
    ])) as [Rx, Rx, Rx, Rx, Rx, Rx];
    await morning.fill(done);
    const fillId = await morning.fill(ready);
    await morning.post(`/fills/${fillId}/verify`);
    await morning.post(`/fills/${fillId}/ready`);

    // It was seen without loading anything.
    await cardIn('fill', late).waitFor();
    await cardIn('verify', done).waitFor();
    await cardIn('ready', ready).waitFor();
    await cardIn('entry', draft).waitFor();
    await expect
      .poll(() => column('fill').getByRole('link').allTextContents())
      .toEqual([late, waits, later].map(({ rxNumber }) => expect.stringContaining(rxNumber) as unknown));

    // One key takes the most urgent one of the column one is in.
    await keys.press('2');
    await expect.poll(focused).toContain(late.rxNumber);
    await keys.press('ArrowDown', 'ArrowDown');
    await expect.poll(focused).toContain(later.rxNumber);
    const before = keys.presses;
    await keys.press('F6');
    expect(keys.presses - before).toBe(1);
    await cardIn('fill', late).getByText(visit.word('board.mine')).waitFor();
    await expect.poll(focused).toContain(late.rxNumber);
    await visit.clean('board');

    // Taken back within ten seconds, and taken again; then passed over for a reason.
    await keys.press('U');
    await cardIn('fill', late).getByText(visit.word('board.mine')).waitFor({ state: 'detached' });
    await keys.press('F6');
    await cardIn('fill', late).getByText(visit.word('board.mine')).waitFor();
    await keys.press('s');
    await page.getByRole('dialog').waitFor();
    await page.getByRole('dialog').locator('input:focus, textarea:focus').waitFor();
    await keys.type('no answer yet');
    await visit.clean('board pass over');
    await keys.press('Control+Enter');
    await cardIn('fill', waits).getByText(visit.word('board.mine')).waitFor();
    await expect.poll(focused).toContain(waits.rxNumber);

    // Given back, undone: still in hand.
    await keys.press('b');
    await cardIn('fill', waits).getByText(visit.word('board.mine')).waitFor({ state: 'detached' });
    await keys.press('u');
    await cardIn('fill', waits).getByText(visit.word('board.mine')).waitFor();

    // On hold with a reason: it is a problem now; undone, it is back.
    await expect.poll(focused).toContain(waits.rxNumber);
    await keys.press('F7');
    await page.getByRole('dialog').waitFor();
    await page.getByRole('dialog').locator('input:focus, textarea:focus').waitFor();
    await keys.type('strength to be asked');
    await keys.press('Control+Enter');
    await cardIn('problem', waits).waitFor();
    await keys.press('U');
    await cardIn('fill', waits).waitFor();

    // Somebody else takes one, and fills another: both are seen.
    const other = await morning.post<Taken>('/work-board/take-next', { column: 'ready' });
    expect(other.card?.rxNumber).toBe(ready.rxNumber);
    await cardIn('ready', ready).getByText(visit.word('board.mine')).waitFor();
    await morning.fill(later);
    await cardIn('verify', later).waitFor();
    await cardIn('fill', later).waitFor({ state: 'detached' });

    // Narrowed by words and to one's own.
    await keys.press('/');
    await page.locator('input[type=search]:focus').waitFor();
    await keys.type(late.rxNumber.slice(-4));
    await cardIn('fill', waits).waitFor({ state: 'detached' });
    await cardIn('fill', late).waitFor();
    await keys.press('Escape', 'm');
    await expect.poll(() => page.getByRole('main').getByRole('listitem').count()).toBe(1);
    await keys.press('m');
    await cardIn('fill', late).waitFor();

    // Into a bin that holds back, and back by one key.
    await morning.post('/will-call/bins', { code: 'H1', holdReason: 'counsel' });
    await morning.post('/will-call/bins', { code: 'B7' });
    await keys.press('4');
    await expect.poll(focused).toContain(ready.rxNumber);
    for (const [bin, place] of [
      ['B7', 'ready'],
      ['H1', 'problem'],
    ] as const) {
      await keys.press('p');
      await page
        .getByRole('dialog')
        .getByLabel(visit.word('board.toBin'))
        .and(page.locator(':focus'))
        .waitFor();
      await keys.type(bin);
      if (bin === 'H1') await visit.clean('board other bin');
      await keys.press('Enter');
      await cardIn(place, ready).getByText(bin).waitFor();
      await expect.poll(focused).toContain(ready.rxNumber);
    }
    await keys.press('u');
    await cardIn('ready', ready).getByText('B7').waitFor();

    // Enter opens; back on the board, everything is reached from it.
    await keys.press('2');
    await expect.poll(focused).toContain(late.rxNumber);
    await keys.press('Enter');
    await page.waitForURL(`**/prescriptions/${late.prescriptionId}`);
    await keys.press('Alt+2');
    await cardIn('fill', late).waitFor();
    await keys.press('a');
    await page.waitForURL('**/prescriptions/all**');
    await visit.settled();
    await visit.end();
  });

  it('says that it is not live when the server is not heard, and reads again when asked', async () => {
    const visit = await Visit.begin(browser, address, VISITS[0] as (typeof VISITS)[number]);
    const { page, keys } = visit;
    const morning = await Morning.begin(visit, address);
    await page.route('**/api/work-board/events', (route) => route.abort());
    await page.goto('/prescriptions');
    await visit.heading('board.title').waitFor();
    const [notLive = ''] = visit.word('board.notLive').split('{{');
    await page.getByText(notLive).waitFor();
    await visit.clean('board not live');
    const [rx] = (await morning.work([{ minutes: 10 }])) as [Rx];
    const [question] = await Promise.all([page.waitForRequest('**/api/work-board'), keys.press('r')]);
    expect(question.method()).toBe('GET');
    await page.getByText(rx.rxNumber).first().waitFor();
    await page.unroute('**/api/work-board/events');
    await page.getByText(notLive).waitFor({ state: 'detached' });
    await visit.end();
  });
});
