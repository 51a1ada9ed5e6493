import { expect, it } from 'vitest';

import { ServerProcess } from './server-process.js';

it('knows of a server that a signal ended, and waits neither for it to be ready nor for its end', async () => {
  const server = await ServerProcess.create();
  try {
    const starting = server.start();
    server.signal('SIGKILL');
    await expect(starting).rejects.toThrow('the server ended');
    await server.kill();
    expect(await server.stop()).toBeNull();
  } finally {
    await server.dispose();
  }
});
