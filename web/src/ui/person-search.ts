import { useRouterState } from '@tanstack/react-router';

declare module '@tanstack/history' {
  interface HistoryState {
    /** What a list of people is searched for. */
    q?: string | undefined;
  }
}

/**
 * What a list of people is searched for. It goes with the entry of the history, so that going back finds it, and never stands in
 * the address, which browsers, proxies and colleagues keep.
 */
export const usePersonSearch = (): string | undefined =>
  useRouterState({ select: ({ location }) => location.state.q });
