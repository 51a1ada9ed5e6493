import {
  ActionIcon,
  Button,
  NativeSelect,
  Text,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { IconMoon, IconSearch, IconSun, IconUserCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localName } from '../features/shared/names';
import { withTexts } from '../i18n/i18n';
import { useSession } from '../session/session';
import { Keys } from '../ui/hotkeys/hotkeys';
import { lazyPart } from '../ui/lazy-part';
import { BrandMark } from './brand';
import { LanguageSwitch } from './language-switch';
import classes from './shell.module.css';

const LockKey = lazyPart(() =>
  withTexts('money', () => import('./user-dialog')).then((module) => module.LockKey),
);
const UserDialog = lazyPart(() =>
  withTexts('money', () => import('./user-dialog')).then((module) => module.UserDialog),
);

/** Top bar: branch, palette, language, colour scheme, lock, user. */
export function Header({ onPalette }: { onPalette: () => void }) {
  const { t, i18n } = useTranslation();
  const { me, branch, switchBranch } = useSession();
  const { setColorScheme } = useMantineColorScheme();
  const [isUserOpen, setIsUserOpen] = useState(false);
  const isDark = useComputedColorScheme('light') === 'dark';

  return (
    <header className={classes['head']}>
      <Link to="/" className={classes['brand']} aria-label={t('app.name')}>
        <BrandMark />
        <span className={classes['brandName']}>{t('app.name')}</span>
      </Link>
      {me.branches.length > 1 && branch ? (
        <NativeSelect
          aria-label={t('header.branch')}
          value={String(branch.branchId)}
          onChange={(event) => switchBranch(Number.parseInt(event.currentTarget.value, 10))}
          data={me.branches.map((one) => ({
            value: String(one.branchId),
            label: localName(one, i18n.language),
          }))}
          w={264}
        />
      ) : (
        <Text size="sm" c="dimmed">
          {branch && localName(branch, i18n.language)}
        </Text>
      )}
      <div className={classes['spring']} />
      <button type="button" className={classes['search']} onClick={onPalette} aria-keyshortcuts="Control+K">
        <IconSearch size={16} aria-hidden="true" />
        <span>{t('palette.open')}</span>
        <Keys combo="Ctrl+K" />
      </button>
      <LanguageSwitch />
      <ActionIcon
        size="lg"
        aria-label={isDark ? t('header.light') : t('header.dark')}
        onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
      >
        {isDark ? <IconSun size={20} /> : <IconMoon size={20} />}
      </ActionIcon>
      <div className={classes['place']}>
        <LockKey opened={false} />
      </div>
      <Button
        variant="subtle"
        color="gray"
        size="compact-md"
        leftSection={<IconUserCircle size={22} />}
        aria-haspopup="dialog"
        aria-label={t('header.userMenu', { name: me.fullName })}
        onClick={() => setIsUserOpen(true)}
      >
        {me.fullName}
      </Button>
      <UserDialog opened={isUserOpen} onClose={() => setIsUserOpen(false)} />
    </header>
  );
}
