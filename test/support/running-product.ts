import type { TestProject } from 'vitest/node';

import { ADMIN_PASSWORD, ServerProcess } from './server-process.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where each running product answers, and its folder, with what is needed to write into its database what no user could: a past. */
    products: readonly { readonly address: string; readonly home: string }[];
  }
}

/** As many as files of browser tests run at the same time. */
const PRODUCTS = 2;

/**
 * The built product with its sample pharmacy, once for each worker of browser tests: files that share one run one after the other. A test
 * works with names of its own and expects no other test's work to be there or not to be there. Its branches hand over without asking
 * for particulars; the test of those asks for them where it needs them.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const servers = await Promise.all(Array.from({ length: PRODUCTS }, () => ServerProcess.create()));
  for (const server of servers) {
    await server.start();
    await withoutIdentifiers(server.address);
  }
  project.provide(
    'products',
    servers.map(({ address, home }) => ({ address, home })),
  );
  return async () => {
    await Promise.all(servers.map((server) => server.dispose()));
  };
}

async function withoutIdentifiers(address: string): Promise<void> {
  const send = async <Body>(method: string, path: string, token: string | undefined, body?: object) => {
    const answer = await fetch(`${address}/api${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
    return (await answer.json()) as Body;
  };
  const who = { username: 'admin', password: ADMIN_PASSWORD };
  const { token } = await send<{ token: string }>('POST', '/auth/login', undefined, who);
  const { data } = await send<{ data: { branchId: number; version: number }[] }>('GET', '/branches', token);
  for (const { branchId, version } of data)
    await send('PATCH', `/branches/${branchId}`, token, { version, pickUpIdentifiers: false });
}
