import { Button, Checkbox, Stack } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { getV1UsersInfiniteOptions } from '@/api/@tanstack/react-query.gen';
import { patchV1Settings } from '@/api/sdk.gen';
import { isStale } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { Note } from '@/ui/Note';
import { Panel } from '@/ui/Panel';
import { Failed, Loading } from '@/ui/states';
import { toastDone } from '@/ui/toast';
import { settingsQuery } from './settingsQuery';

const PEOPLE_READ = 100;

/** Whom a decline is mailed to, of the company's active people. */
export function DeclineMail() {
  const t = useT();
  const { say } = useProblem();
  const queryClient = useQueryClient();
  const settings = useQuery(settingsQuery());
  const list = useInfiniteQuery({
    ...getV1UsersInfiniteOptions({ query: { limit: PEOPLE_READ } }),
    initialPageParam: {},
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
  // All of them stand here, however many pages they are.
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const people = hasNextPage ? undefined : list.data?.pages.flatMap((page) => page.items);
  const [picked, setPicked] = useState<string[] | null>(null);
  const save = useMutation({
    mutationFn: ({ told, edition }: { told: string[]; edition: string }) =>
      patchV1Settings({ headers: { 'If-Match': edition }, body: { decline_mail: told }, throwOnError: true }),
    onSuccess: () => toastDone(t('declineMail.saved')),
    onSettled: async () => {
      await queryClient.invalidateQueries();
      setPicked(null);
    },
  });
  const active = people?.filter((person) => person.active) ?? [];
  // Somebody who left the company is not told any more.
  const stored = settings.data?.chosen.decline_mail.filter((id) => active.some((person) => person.id === id)) ?? [];
  const told = picked ?? stored;
  const dirty = picked !== null && picked.toSorted().join() !== stored.toSorted().join();

  return (
    <Panel title={t('declineMail.title')}>
      {settings.data && people ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate({ told, edition: settings.data.edition });
          }}
        >
          <Stack gap="sm">
            <p className="muted">{t('declineMail.note')}</p>
            {save.isError && (
              <Note tone={isStale(save.error) ? 'attention' : 'refused'} urgent>
                {isStale(save.error) ? t('declineMail.stale') : say(save.error)}
              </Note>
            )}
            {active.map((person) => (
              <Checkbox
                key={person.id}
                label={person.full_name}
                description={person.email ?? t('declineMail.noAddress')}
                disabled={!person.email && !told.includes(person.id)}
                checked={told.includes(person.id)}
                onChange={(event) =>
                  setPicked(event.currentTarget.checked ? [...told, person.id] : told.filter((id) => id !== person.id))
                }
              />
            ))}
            <div>
              <Button type="submit" size="sm" disabled={!dirty} loading={save.isPending}>
                {t('common.save')}
              </Button>
            </div>
          </Stack>
        </form>
      ) : settings.isError || list.isError ? (
        <Failed
          error={settings.error ?? list.error}
          again={() => {
            void settings.refetch();
            void list.refetch();
          }}
        />
      ) : (
        <Loading words={t('people.loadingUsers')} lines={2} />
      )}
    </Panel>
  );
}
