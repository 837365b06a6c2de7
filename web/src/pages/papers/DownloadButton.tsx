import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconDownload } from '@tabler/icons-react';
import { useProblem } from '@/http/useProblem';
import { saveFile } from '@/ui/saveFile';
import { toastFailed } from '@/ui/toast';

interface DownloadButtonProps {
  /** What is fetched; its answer's body is the file. */
  get: () => Promise<{ data: unknown }>;
  /** The file's name. */
  name: string;
  /** What it is, for those who hear the button without its row. */
  label?: string;
  primary?: boolean;
  /** One of several in a row of a table. */
  small?: boolean;
  children: string;
}

/** Fetches a file and hands it to the browser's downloads. */
export function DownloadButton({ get, name, label, primary = false, small = false, children }: DownloadButtonProps) {
  const { say } = useProblem();
  const download = useMutation({
    mutationFn: get,
    onSuccess: ({ data }) => {
      if (data instanceof Blob) saveFile(data, name);
    },
    onError: (error) => toastFailed(say(error)),
  });
  return (
    <Button
      size={small ? 'compact-sm' : 'sm'}
      variant={primary ? 'default' : 'light'}
      leftSection={<IconDownload size={16} aria-hidden />}
      loading={download.isPending}
      aria-label={label}
      onClick={() => download.mutate()}
    >
      {children}
    </Button>
  );
}
