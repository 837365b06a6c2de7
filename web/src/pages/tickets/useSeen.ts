import { useDocumentVisibility } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Ticket } from '@/model';

/** Tells the server how far the conversation was read, once it is really before somebody's eyes. */
export function useSeen(ticket: Ticket | undefined, mark: (id: string, messages: number) => Promise<unknown>) {
  const queryClient = useQueryClient();
  const visible = useDocumentVisibility() === 'visible';
  const { mutate } = useMutation({
    mutationFn: ({ id, count }: { id: string; count: number }) => mark(id, count),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  const id = ticket?.unread && visible ? ticket.id : undefined;
  const count = ticket?.message_count ?? 0;
  useEffect(() => {
    if (id) mutate({ id, count });
  }, [id, count, mutate]);
}
