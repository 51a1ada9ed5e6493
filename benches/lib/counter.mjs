// A till that sells while something else is measured, and what tells why it waits.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import pg from 'pg';

/** How the embedded cluster of an installation is reached as its superuser. */
export function superuserOf(home, database = 'meditory_erp') {
  const { port, superuserPassword } = JSON.parse(readFileSync(join(home, 'cluster.json'), 'utf8'));
  return { host: '127.0.0.1', port, user: 'postgres', password: superuserPassword, database };
}

/** A connection to it. */
export async function superuser(home) {
  const client = new pg.Client(superuserOf(home));
  await client.connect();
  return client;
}

/** Does one thing again and again, 5 ms apart; `take` answers the milliseconds each took since it was last asked. */
class Pulse {
  #times = [];
  #running = true;
  #done;

  start(once) {
    this.#done = this.#repeat(once);
    return this;
  }

  take() {
    const times = this.#times.sort((a, b) => a - b);
    this.#times = [];
    return times;
  }

  async close() {
    this.#running = false;
    await this.#done;
  }

  async #repeat(once) {
    for (let n = 0; this.#running; n++) {
      const from = performance.now();
      await once(n);
      this.#times.push(performance.now() - from);
      await new Promise((r) => setTimeout(r, 5));
    }
  }
}

/** A till that sells one product after the other. */
class Till extends Pulse {
  #headers = { 'content-type': 'application/json' };

  async open(base, password) {
    this.base = base;
    const { token } = await this.#post('/auth/login', { username: 'admin', password });
    this.#headers.authorization = `Bearer ${token}`;
    await this.#post('/till-shifts', { openingFloat: '100.00' });
    const found = await fetch(`${base}/drugs/search?q=paracetamol&inStock=true&rxOnly=false&limit=10`, {
      headers: this.#headers,
    });
    this.drugs = (await found.json()).data.map(({ drugId }) => drugId);
    const items = this.drugs.map((drugId) => ({
      drugId,
      lotNumber: 'BENCH',
      expiryDate: '2031-12-31',
      quantity: '1000000',
      unitCost: '1.00',
    }));
    await this.#post('/inventory/receive', { items });
    return this.start((n) => {
      const items = [0, 1].map((k) => ({ drugId: this.drugs[(n + k) % this.drugs.length], quantity: '1' }));
      return this.#post('/sales', { items, payments: [{ method: 'cash', amount: '500.00' }] });
    });
  }

  async #post(path, body) {
    const answer = await fetch(`${this.base}${path}`, {
      method: 'POST',
      headers: this.#headers,
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }
}

/**
 * The till with what tells why it waits: an answer of the server that needs no database, and `select 1` on a connection of
 * its own, both as often as a sale; and every 10 ms what the server's sessions in PostgreSQL wait for.
 */
export class Counter {
  #waits = new Map();

  async open(base, home, password) {
    this.client = await superuser(home);
    this.watcher = await superuser(home);
    this.pulses = {
      till: await new Till().open(base, password),
      'server alone': new Pulse().start(async () => (await fetch(`${base}/health/live`)).text()),
      'select 1': new Pulse().start(() => this.client.query('select 1')),
    };
    const { rows: sessions } = await this.watcher.query(
      'select pid from pg_stat_activity where usename is not null and pid <> all ($1)',
      [[this.client.processID, this.watcher.processID]],
    );
    this.sessions = sessions.map(({ pid }) => pid);
    this.pulses.waits = new Pulse().start(() => this.#look());
    return this;
  }

  take() {
    const times = Object.entries(this.pulses)
      .filter(([name]) => name !== 'waits')
      .map(([name, pulse]) => [name, pulse.take()]);
    const waits = [...this.#waits].sort((a, b) => b[1] - a[1]).slice(0, 6);
    this.#waits = new Map();
    return { times, waits };
  }

  async close() {
    for (const pulse of Object.values(this.pulses)) await pulse.close();
    await this.client.end();
    await this.watcher.end();
  }

  async #look() {
    const { rows: active } = await this.watcher.query(
      `select coalesce(wait_event_type || ' ' || wait_event, 'runs') as what, count(*)::int as n
         from pg_stat_activity where state = 'active' and pid = any ($1) group by 1`,
      [this.sessions],
    );
    for (const { what, n } of active) this.#waits.set(what, (this.#waits.get(what) ?? 0) + n);
  }
}
