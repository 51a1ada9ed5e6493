import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** Single facts beside each other, each under its name. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <Group gap="xl" p="md" align="flex-start">
      {facts.map(([name, value]) => (
        <div key={name}>
          <Text size="xs" c="dimmed">
            {name}
          </Text>
          <Text component="div" size="sm">
            {value}
          </Text>
        </div>
      ))}
    </Group>
  );
}
