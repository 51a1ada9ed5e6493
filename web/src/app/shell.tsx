import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStorageLow } from '../api/storage-low';
import { useSession } from '../session/session';
import { Keys, useKeys } from '../ui/hotkeys/hotkeys';
import { withTexts } from '../i18n/i18n';
import { lazyPart } from '../ui/lazy-part';
import { useScan } from '../ui/scan/scan';
import { LoadingRows } from '../ui/states';
import { ErrorBoundary } from './error-boundary';
import { Header } from './header';
import { KeyHelp } from './key-help';
import { comboOf, NAVIGATION } from './navigation';
import { fillIdOfCode, isFillCode } from '../features/shared/fill-code.domain';
import type { Scan } from './palette/use-scanned';
import classes from './shell.module.css';

const Palette = lazyPart(() =>
  withTexts('screens', () => import('./palette/palette')).then((module) => module.Palette),
);
const NearMissDialog = lazyPart(() =>
  withTexts('controlled', () => import('../features/controlled/near-miss-dialog')).then(
    (module) => module.NearMissDialog,
  ),
);
const OfflinePart = lazyPart(() =>
  withTexts('offline', () => import('../features/offline/offline-part')).then((module) => module.OfflinePart),
);
const StorageBanner = lazyPart(() =>
  withTexts('screens', () => import('./storage-banner')).then((module) => module.StorageBanner),
);
const StockNav = lazyPart(() =>
  withTexts('screens', () => import('./stock-nav')).then((module) => module.StockNav),
);

/** Screens of stock: while one is open the rail shows them all. */
const isInStock = (path: string): boolean => /^\/(stock|inventory|purchasing)/.test(path);

/** Frame of the application behind the sign-in: top bar, navigation rail, the screen. */
export function Shell() {
  const { t } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const [isPaletteOpen, setIsPaletteOpen] = useState(false);
  const main = useRef<HTMLElement>(null);
  const items = NAVIGATION.filter((item) => can(item.permission));
  const [isNearMissOpen, setIsNearMissOpen] = useState(false);
  const [scan, setScan] = useState<Scan>();
  const opener = useRef<Element>(null);
  const isStorageLow = useStorageLow();
  const openPalette = () => {
    opener.current = document.activeElement;
    setIsPaletteOpen(true);
  };
  // By hand: the kit looks where the cursor is only when the palette's own field has it already.
  const closePalette = (goesBack: boolean) => {
    setIsPaletteOpen(false);
    const from = opener.current;
    if (goesBack && from instanceof HTMLElement) requestAnimationFrame(() => from.focus());
  };
  // A screen that takes no scans must not lose one, nor lose what is typed in it: the palette shows what was scanned.
  useScan(
    (code) => {
      setScan({ code });
      openPalette();
    },
    { isFallback: true },
  );
  // A label leads to where its fill is worked on next, from every screen that does not take labels for something else.
  useScan(
    (code) =>
      void navigate({ to: '/dispensing/label/$fillId', params: { fillId: String(fillIdOfCode(code)) } }),
    { isFallback: true, takes: isFillCode },
  );

  useKeys(
    [
      { combo: 'Ctrl+K', label: t('palette.title'), run: openPalette },
      // A screen with a drug field of its own takes F3 for it.
      { combo: 'F3', label: t('palette.title'), run: openPalette },
      {
        combo: 'Ctrl+Shift+M',
        label: t('nav.reportNearMiss'),
        run: () => setIsNearMissOpen(true),
        disabled: !can('ReportNearMiss'),
      },
      ...items.flatMap((item, index) => {
        const combo = comboOf(index);
        if (combo === undefined) return [];
        return [{ combo, label: t(`nav.${item.id}`), run: () => void navigate({ to: item.to }) }];
      }),
    ],
    { isFallback: true },
  );

  return (
    <div className={classes['frame']}>
      <a
        href="#main"
        className="skip-link"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {t('app.skip')}
      </a>
      <Header onPalette={openPalette} />
      <nav className={classes['nav']} aria-label={t('nav.label')}>
        <ul>
          {items.map((item, index) => {
            const combo = comboOf(index);
            return (
              <li key={item.id}>
                <Link
                  to={item.to}
                  className={classes['item']}
                  activeProps={{ 'aria-current': 'page' }}
                  {...('also' in item && path.startsWith(item.also) ? { 'aria-current': 'page' } : {})}
                  aria-keyshortcuts={combo}
                >
                  <item.icon size={20} stroke={1.7} aria-hidden="true" />
                  <span>{t(`nav.${item.id}`)}</span>
                  {combo !== undefined && <Keys combo={combo} />}
                </Link>
                {item.id === 'stock' && <StockNav opened={isInStock(path)} />}
              </li>
            );
          })}
          {!can('ReadInventory') && can('CountStock') && (
            <li>
              <StockNav opened />
            </li>
          )}
        </ul>
      </nav>
      <main className={classes['main']} id="main" ref={main} tabIndex={-1}>
        {isStorageLow && <StorageBanner opened />}
        <OfflinePart opened={false} />
        <ErrorBoundary resetKey={path}>
          <Suspense fallback={<LoadingRows />}>
            <Outlet />
          </Suspense>
        </ErrorBoundary>
      </main>
      <KeyHelp />
      <NearMissDialog opened={isNearMissOpen} onClose={() => setIsNearMissOpen(false)} />
      <Palette opened={isPaletteOpen} scan={scan} onClose={closePalette} />
    </div>
  );
}
