import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * A bad line between tills and server, at the level of TCP. What a till sends goes through at once; the answer is held until the server
 * has given all of it (its work is committed then), comes so much later, and every so-many-th is thrown away with the connection.
 */
export class BadLine {
  private answers = 0;
  dropped = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly to: number,
    private readonly delayMs: number,
    private readonly dropEvery: number,
  ) {
    server.on('connection', (till) => this.join(till));
  }

  static async open(to: number, delayMs: number, dropEvery: number): Promise<BadLine> {
    const server = createServer();
    const line = new BadLine(server, to, delayMs, dropEvery);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return line;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private join(till: Socket): void {
    const upstream = connect(this.to, '127.0.0.1');
    const held: Buffer[] = [];
    for (const socket of [till, upstream]) {
      this.sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.once('close', () => this.sockets.delete(socket));
    }
    till.on('data', (chunk) => upstream.write(chunk));
    till.once('close', () => upstream.destroy());
    upstream.on('data', (chunk) => held.push(chunk));
    // The till asks for one answer a connection, so the server ends it when that is given.
    upstream.once('end', () => {
      this.answers += 1;
      const isDropped = this.answers % this.dropEvery === 0;
      if (isDropped) this.dropped += 1;
      setTimeout(() => {
        if (isDropped) till.resetAndDestroy();
        else till.end(Buffer.concat(held));
      }, this.delayMs);
    });
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
