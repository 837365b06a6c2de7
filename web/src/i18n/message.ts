import { useCallback } from 'react';
import { useIntl } from 'react-intl';
import type { ru } from './ru';

export type MessageId = keyof typeof ru;
export type Messages = Record<MessageId, string>;
export type Values = Record<string, string | number>;
export type Translate = (id: MessageId, values?: Values) => string;

/** The translator: `const t = useT()`, then `t('cards.title')`. An unknown id does not compile. */
export function useT(): Translate {
  const intl = useIntl();
  return useCallback((id, values) => intl.formatMessage({ id }, values), [intl]);
}

/** For ids the server completes, such as `problem.<code>`: null where there is no such message. */
export function useMaybe(): (id: string, values?: Values) => string | null {
  const { messages, formatMessage } = useIntl();
  return useCallback((id, values) => (id in messages ? formatMessage({ id }, values) : null), [messages, formatMessage]);
}
