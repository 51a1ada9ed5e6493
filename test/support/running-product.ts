import type { TestProject } from 'vitest/node';

import { ADMIN_PASSWORD, ServerProcess } from './server-process.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the running product answers. */
    address: string;
    /** Its folder, with what is needed to write into its database what no user could: a past. */
    home: string;
  }
}

/**
 * The built product with its sample pharmacy, started once for all browser tests, which run one after the other. A test
 * works with names of its own and expects no other test's work to be there or not to be there. Its branches hand over without asking
 * for particulars; the test of those asks for them where it needs them.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await ServerProcess.create();
  await server.start();
  await withoutIdentifiers(server.address);
  project.provide('address', server.address);
  project.provide('home', server.home);
  return () => server.dispose();
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
