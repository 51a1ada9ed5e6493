import { Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { MixedText } from './mixed-text';
import classes from './page.module.css';

interface PageProps {
  title: string;
  hint?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** Frame of a screen: one h1, its actions, and the document title. */
export function Page({ title, hint, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Meditory`;
  }, [title]);
  return (
    <div className={classes['page']}>
      <header className={classes['header']}>
        <div className={classes['titles']}>
          <Title order={1}>
            <MixedText text={title} />
          </Title>
          {hint !== undefined && <span className={classes['hint']}>{hint}</span>}
        </div>
        {actions && <div className={classes['actions']}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

interface CardProps {
  children: ReactNode;
  /** No padding: for tables that go to the edge. */
  flush?: boolean;
  label?: string;
  /** What is shown is about to be replaced. */
  isBusy?: boolean;
}

/** A bordered surface; with `label` it is a named region. */
export function Card({ children, flush = false, label, isBusy }: CardProps) {
  const className = flush ? `${classes['card']} ${classes['flush']}` : classes['card'];
  if (label === undefined) {
    return (
      <div className={className} aria-busy={isBusy}>
        {children}
      </div>
    );
  }
  return (
    <section className={className} aria-label={label} aria-busy={isBusy}>
      {children}
    </section>
  );
}
