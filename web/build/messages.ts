import { parse } from '@formatjs/icu-messageformat-parser';
import { transformWithOxc, type Plugin } from 'vite';

/** A file of messages: an object of strings and nothing else. */
const MESSAGES = /\/src\/i18n\/(?:ru|en)\/(?!index\b)\w+\.ts$/;
const PARSER = '@formatjs/icu-messageformat-parser';

/**
 * Parses every message at build time, so that the browser is not sent the parser. Only in the build: `npm run dev` and the
 * tests read the messages as they are written.
 */
export function parsedMessages(): Plugin {
  return {
    name: 'parsed-messages',
    apply: 'build',
    config: () => ({ resolve: { alias: [{ find: new RegExp(`^${PARSER}$`), replacement: `${PARSER}/no-parser.js` }] } }),
    transform: {
      filter: { id: MESSAGES },
      order: 'pre',
      async handler(source, id) {
        const { code } = await transformWithOxc(source, id);
        const groups: Record<string, Record<string, string>> = await import(`data:text/javascript,${encodeURIComponent(code)}`);
        return Object.entries(groups)
          .map(([name, messages]) => `export const ${name} = ${JSON.stringify(parsed(messages))};`)
          .join('\n');
      },
    },
  };
}

const parsed = (messages: Record<string, string>) =>
  Object.fromEntries(Object.entries(messages).map(([id, message]) => [id, parse(message)]));
