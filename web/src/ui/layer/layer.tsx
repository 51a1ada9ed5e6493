import { createContext, type ReactNode, use, useLayoutEffect, useState } from 'react';

/**
 * Layers say who may hear keys and scans: the page is layer 0, each open dialog one more.
 * Only the topmost open layer listens, so a key never acts on a screen behind a dialog.
 */
const LayerContext = createContext(0);

const open = new Map<symbol, number>();

/** The highest layer now on screen. */
export function topLayer(): number {
  return Math.max(0, ...open.values());
}

/** The layer of the calling component. */
export function useLayer(): number {
  return use(LayerContext);
}

/** Wraps a dialog's content: while mounted, it is the layer that hears keys and scans. */
export function Layer({ children }: { children: ReactNode }) {
  const layer = useLayer() + 1;
  const [id] = useState(() => Symbol('layer'));
  useLayoutEffect(() => {
    open.set(id, layer);
    return () => {
      open.delete(id);
    };
  }, [id, layer]);
  return <LayerContext value={layer}>{children}</LayerContext>;
}
