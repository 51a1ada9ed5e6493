import { Loader } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { onStepUp } from '../api/client';
import type { Problem } from '../api/problem';
import { withTexts } from '../i18n/i18n';
import { useSessionGate } from '../session/session';
import { Layer } from '../ui/layer/layer';
import { ErrorView } from '../ui/states';
import classes from './shell.module.css';

const SignIn = lazy(() => import('./sign-in').then((module) => ({ default: module.SignIn })));
const LockScreen = lazy(() =>
  withTexts('money', () => import('./sign-in')).then((module) => ({
    default: module.LockScreen,
  })),
);
const ChangePassword = lazy(() =>
  withTexts('screens', () => import('./change-password')).then((module) => ({
    default: module.ChangePassword,
  })),
);
const OfflineDoor = lazy(() =>
  withTexts('offline', () => import('../features/offline/offline-door')).then(
    (module) => ({ default: module.OfflineDoor }),
    // Its file is on the server that does not answer.
    () => ({ default: Failed }),
  ),
);

const access = () => withTexts('access', () => import('./access-parts'));
const StepUpDialog = lazy(() => access().then((module) => ({ default: module.StepUpDialog })));
const FactorDue = lazy(() => access().then((module) => ({ default: module.FactorDue })));
const SetPassword = lazy(() => access().then((module) => ({ default: module.SetPassword })));

/** Lets nobody past without a session; an expired one is renewed on top of the open work. */
export function Gate({ children }: { children: ReactNode }) {
  return (
    <Suspense fallback={<Waiting />}>
      {location.pathname === '/set-password' ? <SetPassword /> : <Door>{children}</Door>}
      <Confirmation />
    </Suspense>
  );
}

/** Asks who is there before what needs it goes on. */
function Confirmation() {
  const [asked, setAsked] = useState<{ problem: Problem; answer: (isProven: boolean) => void }>();
  useEffect(() => {
    onStepUp((problem) => new Promise((answer) => setAsked({ problem, answer })));
  }, []);
  return (
    asked && (
      <Suspense fallback={null}>
        <StepUpDialog
          problem={asked.problem}
          onDone={(isProven) => {
            asked.answer(isProven);
            setAsked(undefined);
          }}
        />
      </Suspense>
    )
  );
}

function Failed({ problem, retry }: { problem: Problem; retry: () => void }) {
  return (
    <main className={classes['gate']}>
      <ErrorView error={problem} retry={retry} />
    </main>
  );
}

function Waiting() {
  const { t } = useTranslation();
  return (
    <div className={classes['gate']}>
      <Loader aria-label={t('common.loading')} />
    </div>
  );
}

function Door({ children }: { children: ReactNode }) {
  const { state } = useSessionGate();
  switch (state.kind) {
    case 'loading':
      return <Waiting />;
    case 'failed':
      if (state.problem.outcomeUnknown) return <OfflineDoor problem={state.problem} retry={state.retry} />;
      return <Failed problem={state.problem} retry={state.retry} />;
    case 'signed-out':
      return <SignIn />;
    case 'password-due':
      return <ChangePassword />;
    case 'factor-due':
      return <FactorDue />;
    case 'locked':
      // The work stays where it is, covered; whoever unlocks gets his own if he is another.
      return (
        <>
          {state.session && (
            <div inert key={state.session.me.userId}>
              {children}
            </div>
          )}
          <div className={state.session ? classes['cover'] : undefined}>
            <Layer>
              <Suspense fallback={null}>
                <LockScreen username={state.username} />
              </Suspense>
            </Layer>
          </div>
        </>
      );
    case 'signed-in':
    case 'expired':
      return (
        <>
          <div key={state.session.me.userId} inert={state.kind === 'expired'}>
            {children}
          </div>
          {state.kind === 'expired' && (
            <div className={classes['cover']}>
              <Layer>
                <Suspense fallback={null}>
                  <SignIn expired username={state.session.me.username} />
                </Suspense>
              </Layer>
            </div>
          )}
        </>
      );
  }
}
