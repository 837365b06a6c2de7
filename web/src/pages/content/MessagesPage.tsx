import { Button } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { IconCheck, IconMail } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { getV1StaffMessagesInfiniteOptions, postV1StaffMessagesByIdCloseMutation } from '@/api/@tanstack/react-query.gen';
import type { MessageView } from '@/api/types.gen';
import { useFormat } from '@/format/useFormat';
import { livePages } from '@/http/live';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { DeskLinks } from '@/pages/desk/DeskLinks';
import { StateLinks } from '@/pages/staff/StateLinks';
import { useWait } from '@/pages/staff/useWait';
import inset from '@/ui/inset.module.css';
import { MoreButton } from '@/ui/MoreButton';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Empty, Failed, Loading } from '@/ui/states';
import { toastDone, toastFailed } from '@/ui/toast';
import classes from './MessagesPage.module.css';

const route = getRouteApi('/cabinet/staff/messages');

/** What the public wrote to the administration, the longest waiting first, with the way to answer. */
export function MessagesPage() {
  const t = useT();
  const { state } = route.useSearch();
  const list = useInfiniteQuery({ ...getV1StaffMessagesInfiniteOptions({ query: { state } }), ...livePages });
  const messages = list.data?.pages.flatMap((page) => page.items);
  const closed = state === 'closed';
  return (
    <>
      <PageHead title={t('frame.staffTickets')} note={t('messages.note')} />
      <DeskLinks />
      <StateLinks to="/staff/messages" closed={closed} words={['messages.open', 'messages.closed']} />
      <Panel flush>
        {messages && messages.length > 0 && (
          <ul className={classes.list}>
            {messages.map((message) => (
              <li key={message.id} className={classes.message}>
                <Message message={message} />
              </li>
            ))}
          </ul>
        )}
        {messages?.length === 0 && !list.hasNextPage && (
          <Empty icon={<IconMail />} title={t(closed ? 'messages.noneAnswered' : 'messages.none')}>
            {t('messages.noneNote')}
          </Empty>
        )}
        {!messages && (
          <div className={inset.inset}>
            {list.isError ? <Failed error={list.error} again={() => void list.refetch()} /> : <Loading words={t('messages.loading')} />}
          </div>
        )}
        <MoreButton list={list} />
      </Panel>
    </>
  );
}

function Message({ message }: { message: MessageView }) {
  const t = useT();
  const format = useFormat();
  const wait = useWait();
  const { say } = useProblem();
  const queryClient = useQueryClient();
  const close = useMutation({
    ...postV1StaffMessagesByIdCloseMutation(),
    onSuccess: () => toastDone(t('messages.done')),
    onError: (error) => toastFailed(say(error)),
    onSettled: () => queryClient.invalidateQueries(),
  });
  const { id, name, email, phone, body, at, closed_at: closedAt } = message;
  return (
    <>
      <div className={classes.words}>
        <p className={classes.head}>
          <strong>{name}</strong>
          {email && <a href={`mailto:${email}`}>{email}</a>}
          {phone && <a href={`tel:${phone.replace(/[^\d+]/g, '')}`}>{phone}</a>}
        </p>
        <p className={classes.body}>{body}</p>
        <p className={classes.when}>
          {closedAt
            ? t('messages.answeredAt', { at: format.dateTime(closedAt) })
            : t('messages.waits', { at: format.dateTime(at), wait: wait(at) })}
        </p>
      </div>
      {!closedAt && (
        <Button
          size="sm"
          variant="default"
          leftSection={<IconCheck size={16} aria-hidden />}
          loading={close.isPending}
          onClick={() => close.mutate({ path: { id } })}
          aria-label={t('messages.closeNamed', { name })}
        >
          {t('messages.close')}
        </Button>
      )}
    </>
  );
}
