import { createEventReader, type StreamEvent } from '../../web/src/features/board/event-stream.domain.js';

/** A stream of server-sent events as a browser holds it. */
export interface Followed {
  readonly status: number;
  readonly headers: Headers;
  /** All that came so far. */
  readonly events: StreamEvent[];
  /** Waits until an event that is meant has come, the ones that came already included; answers it. */
  until(isMeant: (event: StreamEvent) => boolean): Promise<StreamEvent>;
  /** Resolves when the server has ended it. */
  readonly ended: Promise<void>;
  close(): void;
}

const PATIENCE_MS = 30_000;

/** Opens the live stream of the work board at a server. */
export async function followBoard(address: string, token: string): Promise<Followed> {
  const abort = new AbortController();
  const answer = await fetch(`${address}/api/work-board/events`, {
    headers: { authorization: `Bearer ${token}` },
    signal: abort.signal,
  });
  const events: StreamEvent[] = [];
  const read = createEventReader();
  const decoder = new TextDecoder();
  const ended = (async () => {
    try {
      for await (const piece of (answer.body ?? []) as AsyncIterable<Uint8Array>)
        events.push(...read(decoder.decode(piece, { stream: true })));
    } catch (error) {
      if (!abort.signal.aborted) throw error;
    }
  })();
  // Whoever waits for the end hears of its failure; nobody else needs to.
  ended.catch(() => undefined);
  return {
    status: answer.status,
    headers: answer.headers,
    events,
    async until(isMeant) {
      const deadline = Date.now() + PATIENCE_MS;
      while (Date.now() < deadline) {
        const found = events.find(isMeant);
        if (found) return found;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error(`not among what came: ${JSON.stringify(events)}`);
    },
    ended,
    close: () => abort.abort(),
  };
}

/** The prescriptions an event names; empty: anything may have changed. */
export const namedIn = ({ event, data }: StreamEvent): number[] | undefined =>
  event === 'changed' ? (data as { prescriptionIds: number[] }).prescriptionIds : undefined;
