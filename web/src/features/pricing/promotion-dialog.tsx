import { Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Promotion } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { Notice } from '../../ui/notice';
import { ProblemAlert } from '../../ui/problem-text';
import { MoneyText } from '../../ui/money-text';
import { localName } from '../shared/names';
import { PromotionForm } from './promotion-form';
import { useEndPromotion } from './pricing-queries';
import { TermsText } from './terms-text';

interface PromotionDialogProps {
  opened: boolean;
  promotion: Promotion | undefined;
  onClose: () => void;
}

/** A new promotion, one that may still be changed, or one that was used and can be ended alone. */
export function PromotionDialog({ opened, promotion, onClose }: PromotionDialogProps) {
  const { t } = useTranslation();
  const isFixed = promotion !== undefined && (promotion.isUsed || promotion.status === 'ended');
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title={t(promotion ? 'promotions.one' : 'promotions.new')}
      size="lg"
    >
      {opened && isFixed && <FixedPromotion promotion={promotion} onClose={onClose} />}
      {opened && !isFixed && (
        <PromotionForm
          promotion={promotion}
          onClose={onClose}
          foot={promotion && <EndButton promotion={promotion} onDone={onClose} />}
        />
      )}
    </Dialog>
  );
}

function FixedPromotion({ promotion, onClose }: { promotion: Promotion; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const end = useEndPromotion(onClose);
  const isOver = promotion.status === 'ended';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        end.mutate(promotion);
      }}
    >
      <Stack gap="sm">
        <ProblemAlert problem={end.error} notSaved={t('pricing.notSaved')} />
        <Text fw={600}>
          <bdi>{localName(promotion, i18n.language)}</bdi> · <TermsText promotion={promotion} />
        </Text>
        <ul style={{ margin: 0, paddingInlineStart: 20 }}>
          {promotion.targets.map((target) => (
            <li key={`${target.drugId} ${target.categoryId} ${target.companyId}`}>
              {target.packs > 1 && `${target.packs} × `}
              <bdi>{localName(target, i18n.language)}</bdi>
            </li>
          ))}
        </ul>
        <Text size="sm">
          {t('promotions.takenOff')} <MoneyText value={promotion.takenOff} />
        </Text>
        <Notice tone="info" title={t(isOver ? 'promotions.isOver' : 'promotions.isUsed')}>
          {!isOver && t('promotions.isUsedHint')}
        </Notice>
        <FormFoot
          isSaving={end.isPending}
          onCancel={onClose}
          saveLabel={t('promotions.end')}
          disabled={isOver}
          isFocused={!isOver}
        />
      </Stack>
    </form>
  );
}

function EndButton({ promotion, onDone }: { promotion: Promotion; onDone: () => void }) {
  const { t } = useTranslation();
  const end = useEndPromotion(onDone);
  return (
    <Button variant="default" loading={end.isPending} onClick={() => end.mutate(promotion)}>
      {t('promotions.end')}
    </Button>
  );
}
