import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage, switchLanguage } from '../../i18n/i18n';
import { useSession } from '../../session/session';
import { Ltr } from '../../ui/ltr';
import { MoneyText } from '../../ui/money-text';
import { decimalOrZero } from '../../ui/money.domain';
import { useCurrency } from '../shared/currency';
import { openDisplayChannel, type Shown } from './display-channel';
import classes from './display.module.css';

/** The customer's window: what is in the basket, what it comes to, and the change; between customers a greeting. */
export function DisplayScreen() {
  const { t } = useTranslation();
  const { branch } = useSession();
  const [shown, setShown] = useState<Shown>();
  const branchId = branch?.branchId;
  useEffect(() => {
    document.title = `${t('display.title')} · Meditory`;
  }, [t]);
  useEffect(() => {
    if (branchId === undefined) return undefined;
    return openDisplayChannel(branchId, (next, language) => {
      setShown(next);
      if (language !== currentLanguage()) void switchLanguage(language);
    });
  }, [branchId]);
  const isIdle = shown === undefined || (shown.lines.length === 0 && !shown.paid);
  return (
    <div className={classes['screen']}>
      <h1 className={classes['shop']}>
        <bdi>{branch?.name}</bdi>
      </h1>
      {isIdle && <p className={classes['idle']}>{t('display.welcome')}</p>}
      {shown?.paid && <Paid paid={shown.paid} />}
      {shown && shown.lines.length > 0 && <Basket shown={shown} />}
    </div>
  );
}

function Basket({ shown }: { shown: Shown }) {
  const { t } = useTranslation();
  const currency = useCurrency();
  return (
    <>
      {/* The last line is the one that was scanned: it is always in sight. */}
      <ul
        className={classes['lines']}
        aria-label={t('till.lines')}
        ref={(list) => list?.scrollTo(0, list.scrollHeight)}
      >
        {shown.lines.map((line) => (
          <li key={line.id}>
            <bdi className={classes['name']}>{line.name}</bdi>
            <span>
              <Ltr>{line.quantity}</Ltr> <bdi>{line.unit}</bdi>
            </span>
            <MoneyText value={line.total} strong />
          </li>
        ))}
      </ul>
      <p className={classes['total']} role="status">
        <span>{t('display.toPay')}</span>
        <span data-testid="display-total">
          <MoneyText value={shown.total} /> <small>{currency}</small>
        </span>
      </p>
    </>
  );
}

function Paid({ paid }: { paid: NonNullable<Shown['paid']> }) {
  const { t } = useTranslation();
  const currency = useCurrency();
  return (
    <div className={classes['paid']} role="status">
      <p>
        {t('display.paid')} <MoneyText value={paid.total} /> <small>{currency}</small>
      </p>
      {decimalOrZero(paid.change) > 0n && (
        <p className={classes['change']}>
          {t('pay.change')} <MoneyText value={paid.change} /> <small>{currency}</small>
        </p>
      )}
      <p>{t('display.thanks')}</p>
    </div>
  );
}
