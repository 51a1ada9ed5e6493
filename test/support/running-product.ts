import type { TestProject } from 'vitest/node';

import { ServerProcess } from './server-process.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the running product answers. */
    address: string;
  }
}

/**
 * The built product with its sample pharmacy, started once for all browser tests, which run one after the other. A test
 * works with names of its own and expects no other test's work to be there or not to be there.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await ServerProcess.create();
  await server.start();
  project.provide('address', server.address);
  return () => server.dispose();
}
