import { Button } from '@mantine/core';
import { useT } from '@/i18n/message';
import classes from './inset.module.css';

interface MoreButtonProps {
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
}

/** The way to the list's next page; absent at its end. */
export function MoreButton({ list }: MoreButtonProps) {
  const t = useT();
  if (!list.hasNextPage) return null;
  return (
    <div className={classes.more}>
      <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
        {t('common.showMore')}
      </Button>
    </div>
  );
}
