import { DirectionProvider, MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect } from 'react';
import { asProblem } from '../api/problem';
import { LANGUAGES, type Language } from '../i18n/i18n';
import { SessionProvider } from '../session/session';
import { cssVariablesResolver, theme } from '../theme/theme';
import { Announcer } from '../ui/announcer';
import { startHotkeys } from '../ui/hotkeys/hotkeys';
import { startScanListener } from '../ui/scan/scan';
import { Toaster } from '../ui/toaster';
import { ErrorBoundary } from './error-boundary';
import { Gate } from './gate';
import { router } from './router';

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // A refusal does not get better by asking again; a lost connection may.
      retry: (count, error) => asProblem(error).status === 0 && count < 2,
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
});

/** The application with everything around it. */
export function App({ language }: { language: Language }) {
  useEffect(() => {
    const stopScan = startScanListener();
    const stopKeys = startHotkeys();
    return () => {
      stopScan();
      stopKeys();
    };
  }, []);
  return (
    <DirectionProvider initialDirection={LANGUAGES[language].dir} detectDirection={false}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
        <Toaster />
        <Announcer />
        <ErrorBoundary>
          <QueryClientProvider client={queryClient}>
            <SessionProvider>
              <Gate>
                <RouterProvider router={router} />
              </Gate>
            </SessionProvider>
          </QueryClientProvider>
        </ErrorBoundary>
      </MantineProvider>
    </DirectionProvider>
  );
}
