import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import { asProblem } from '../../api/problem';
import { createEventReader, type StreamEvent } from './event-stream.domain';

/** Nothing heard for so long: what is shown may be old. The server says that it is there every 4 s. */
const STALE_MS = 10_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;
/** Changes of one moment are read together. */
const GATHER_MS = 150;
const TICK_MS = 1_000;

const isAlive = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && 'isLive' in data && data.isLive === true;

/** Hands over each event of the stream until it ends or `signal` ends it. Throws Problem. */
async function follow(signal: AbortSignal, onEvent: (event: StreamEvent) => void): Promise<void> {
  const response = await api.stream('/work-board/events', signal);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) return;
  const read = createEventReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    read(value).forEach(onEvent);
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/**
 * Follows the board: reads it anew when the server says that something changed. A window nobody sees lets go of its stream, of which
 * a browser has few. Answers whether the board is live, and the time, which moves on.
 */
export function useLiveBoard(): { isLive: boolean; now: number } {
  const queryClient = useQueryClient();
  const [heardAt, setHeardAt] = useState(() => Date.now());
  const [now, setNow] = useState(() => Date.now());

  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);

  useEffect(() => {
    let gathering: ReturnType<typeof setTimeout> | undefined;
    let running = new AbortController();
    const readSoon = () => {
      gathering ??= setTimeout(() => {
        gathering = undefined;
        void queryClient.invalidateQueries({ queryKey: keys.board });
      }, GATHER_MS);
    };
    const onEvent = ({ event, data }: StreamEvent) => {
      if (event === 'beat') {
        if (isAlive(data)) setHeardAt(Date.now());
      } else readSoon();
    };
    async function run(signal: AbortSignal): Promise<void> {
      let wait = FIRST_PAUSE_MS;
      while (!signal.aborted) {
        try {
          await follow(signal, (event) => {
            wait = FIRST_PAUSE_MS;
            onEvent(event);
          });
        } catch (error) {
          // The session ended: the sign-in that appears starts the screen anew. Anything else is tried again.
          if (signal.aborted || asProblem(error).status === 401) return;
        }
        await pause(wait, signal);
        wait = Math.min(LONGEST_PAUSE_MS, wait * 2);
      }
    }
    const start = () => {
      running.abort();
      running = new AbortController();
      if (document.visibilityState === 'visible') void run(running.signal);
    };
    start();
    document.addEventListener('visibilitychange', start);
    return () => {
      document.removeEventListener('visibilitychange', start);
      clearTimeout(gathering);
      running.abort();
    };
  }, [queryClient]);

  return { isLive: now - heardAt <= STALE_MS, now };
}
