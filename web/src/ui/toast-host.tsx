import { Notifications, notifications } from '@mantine/notifications';
import '@mantine/core/styles/Notification.css';
import '@mantine/notifications/styles.css';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../api/problem';
import { useProblemText } from './problem-text';
import type { Toast } from './toasts';

interface ToastHostProps {
  toasts: readonly Toast[];
  onShown: (count: number) => void;
}

/** Shows what `toasts.ts` collects. Loaded with the first toast. */
export function ToastHost({ toasts, onShown }: ToastHostProps) {
  const { t } = useTranslation();
  const closeLabel = t('common.close');
  useEffect(() => {
    for (const toast of toasts) show(toast, closeLabel);
    if (toasts.length > 0) onShown(toasts.length);
  }, [toasts, onShown, closeLabel]);
  return <Notifications position="bottom-right" limit={4} />;
}

/** A refusal in one breath. */
function ProblemWords({ problem }: { problem: Problem }) {
  const { title, detail } = useProblemText(problem);
  return (
    <>
      {title} {detail}
    </>
  );
}

function show(toast: Toast, closeLabel: string): void {
  const isDone = toast.kind === 'done';
  notifications.show({
    title: toast.title,
    message: typeof toast.message === 'string' ? toast.message : <ProblemWords problem={toast.message} />,
    color: isDone ? 'teal' : 'red',
    icon: isDone ? <IconCheck size={18} /> : <IconAlertTriangle size={18} />,
    autoClose: isDone ? 4_000 : 12_000,
    closeButtonProps: { 'aria-label': closeLabel },
    role: isDone ? 'status' : 'alert',
  });
}
