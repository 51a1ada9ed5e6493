import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { ExchangeRates } from '../../api/types';
import { Ltr } from '../../ui/ltr';
import { inCurrency } from './exchange.domain';

/** An amount of the branch currency in the currencies that have a rate today; nothing where there is none. */
export function OtherCurrencies({ amount }: { amount: bigint }) {
  const rates = useQuery({
    queryKey: keys.rates,
    queryFn: ({ signal }) => api.get<ExchangeRates>('/exchange-rates', undefined, signal),
    staleTime: 60_000,
  });
  if (!rates.data || amount <= 0n) return null;
  return rates.data.data.map(({ currency, rate, decimals }) => (
    <Text key={currency} size="sm" c="dimmed" ta="end" data-testid="other-currency">
      <Ltr>
        ≈ {inCurrency(amount, rate, decimals)} {currency}
      </Ltr>
    </Text>
  ));
}
