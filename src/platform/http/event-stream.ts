import type { FastifyReply } from 'fastify';

/** Bytes that may wait for a client that does not read; beyond it he is let go, and comes again. */
const MOST_WAITING = 64 * 1024;

/** An answer that does not end: server-sent events. The caller ends it. */
export class EventStream {
  private readonly response: FastifyReply['raw'];

  /** Takes the reply over; headers set so far go with it. `onClosed` is called once, whoever ended it. */
  constructor(reply: FastifyReply, onClosed: () => void) {
    reply.hijack();
    this.response = reply.raw;
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) this.response.setHeader(name, value);
    this.response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      // Nothing follows on it: a connection that were kept would hold a server that stops for a minute.
      connection: 'close',
      // A proxy in between must hand over each event as it comes.
      'x-accel-buffering': 'no',
    });
    // A client that went away is no fault of ours: `close` follows.
    this.response.on('error', () => undefined);
    this.response.once('close', onClosed);
  }

  /** Sends an event; one who reads too slowly is let go. */
  send(event: string, data: object): void {
    if (this.response.destroyed || this.response.writableEnded) return;
    this.response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    if (this.response.writableLength > MOST_WAITING) this.response.destroy();
  }

  end(): void {
    this.response.end();
  }
}
