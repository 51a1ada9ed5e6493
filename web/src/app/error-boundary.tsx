import { Button, Code, Stack, Text, Title } from '@mantine/core';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface State {
  error: Error | undefined;
}

/** Catches what a screen could not handle, so that the rest of the application stays usable. */
export class ErrorBoundary extends Component<{ children: ReactNode; resetKey?: string }, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override componentDidUpdate(previous: { resetKey?: string }): void {
    if (this.state.error && previous.resetKey !== this.props.resetKey) this.setState({ error: undefined });
  }

  override render(): ReactNode {
    return this.state.error ? <Broken error={this.state.error} /> : this.props.children;
  }
}

/** Tells that a screen broke, and offers to load it again. */
export function Broken({ error }: { error: unknown }) {
  const { t } = useTranslation();
  return (
    <Stack align="center" py={60} gap="sm" role="alert" ta="center">
      <Title order={1}>{t('errors.brokenTitle')}</Title>
      <Text c="dimmed" maw={520}>
        {t('errors.brokenHint')}
      </Text>
      <Code dir="ltr">{error instanceof Error ? error.message : String(error)}</Code>
      <Button onClick={() => window.location.reload()}>{t('errors.reload')}</Button>
    </Stack>
  );
}
