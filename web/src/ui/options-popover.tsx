import { type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react';
import classes from './options.module.css';

interface OptionsPopoverProps {
  /** The field the options belong to, or what holds its label too. */
  anchor: RefObject<HTMLElement | null>;
  children: ReactNode;
}

const GAP = 4;
const MARGIN = 8;
const MAX_HEIGHT = 340;

function place(box: HTMLElement, anchor: HTMLElement): void {
  const field = (anchor.querySelector('input') ?? anchor).getBoundingClientRect();
  const below = window.innerHeight - field.bottom - GAP - MARGIN;
  const above = field.top - GAP - MARGIN;
  const isBelow = below >= Math.min(MAX_HEIGHT, above);
  box.style.left = `${field.left}px`;
  box.style.width = `${field.width}px`;
  box.style.maxHeight = `${Math.min(MAX_HEIGHT, isBelow ? below : above)}px`;
  box.style.top = isBelow ? `${field.bottom + GAP}px` : 'auto';
  box.style.bottom = isBelow ? 'auto' : `${window.innerHeight - field.top + GAP}px`;
}

/** Options under a field (above it where there is no room), in the browser's top layer: no dialog can cut them off. */
export function OptionsPopover({ anchor, children }: OptionsPopoverProps) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    const follow = () => {
      if (element && anchor.current) place(element, anchor.current);
    };
    if (element?.matches(':popover-open') === false) element.showPopover();
    follow();
    window.addEventListener('resize', follow);
    window.addEventListener('scroll', follow, { capture: true, passive: true });
    return () => {
      window.removeEventListener('resize', follow);
      window.removeEventListener('scroll', follow, { capture: true });
    };
  }, [anchor]);
  return (
    <div ref={box} popover="manual" className={classes['popover']}>
      {children}
    </div>
  );
}
