import type { ReactNode } from 'react';

/** Isolates codes, strengths, doses, quantities and phone numbers so that right-to-left text cannot reorder them. */
export function Ltr({ children }: { children: ReactNode }) {
  return <bdi dir="ltr">{children}</bdi>;
}
