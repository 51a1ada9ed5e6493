import { type ReactNode, useEffect, useRef } from 'react';

interface AttentionProps {
  /** What has to be looked at; each new one brings it into view and gives it the focus. */
  subject: unknown;
  children: ReactNode;
}

/** A message above a long form: whoever pressed the key at its end would not see it otherwise. */
export function Attention({ subject, children }: AttentionProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (subject !== null && subject !== undefined && subject !== false) box.current?.focus();
  }, [subject]);
  return (
    <div ref={box} tabIndex={-1} style={{ outline: 'none' }}>
      {children}
    </div>
  );
}
