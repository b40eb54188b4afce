import { Card, Group, SimpleGrid, Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import { useTexts } from '#web/lib/reader.ts';

/** A page that is on its way: a title and two cards, in the shape of what comes. */
export function PageSkeleton() {
  return (
    <Stack gap="lg">
      <LoadingWord />
      <Skeleton height={30} width="14rem" maw="60%" mt={4} />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        <CardSkeleton />
        <CardSkeleton />
      </SimpleGrid>
      <CardSkeleton lines={5} />
    </Stack>
  );
}

/** A card that is on its way. */
export function CardSkeleton({ lines = 2 }: { lines?: number }) {
  return (
    <Card>
      <Skeleton height={16} width="9rem" mb="md" />
      <LinesSkeleton lines={lines} />
    </Card>
  );
}

/** Lines of text that are on their way. */
export function LinesSkeleton({ lines }: { lines: number }) {
  return (
    <Stack gap="sm" aria-hidden="true">
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height={12} width={`${String(90 - ((line * 17) % 40))}%`} />
      ))}
    </Stack>
  );
}

/** Rows of a table that are on their way. */
export function RowsSkeleton({ rows = 5 }: { rows?: number }) {
  return (
    <Stack gap={0} px="lg" pb="md">
      <LoadingWord />
      {Array.from({ length: rows }, (_, row) => (
        <Group key={row} justify="space-between" py="sm" wrap="nowrap" aria-hidden="true">
          <Skeleton height={12} width="28%" />
          <Skeleton height={12} width="18%" />
          <Skeleton height={12} width="14%" />
          <Skeleton height={20} width={72} radius="sm" />
        </Group>
      ))}
    </Stack>
  );
}

function LoadingWord() {
  return <VisuallyHidden role="status">{useTexts().common.loading}</VisuallyHidden>;
}
