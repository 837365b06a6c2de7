import type { Plugin } from 'vite';

/** The parts of the font that every page in Russian needs. */
const NEEDED = /golos-text-(?:cyrillic|latin)-wght-normal-.*\.woff2$/;

/** Has the page fetch its font beside the first script instead of after it. */
export function fontPreload(): Plugin {
  return {
    name: 'font-preload',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_, { bundle }) =>
        Object.keys(bundle ?? {})
          .filter((file) => NEEDED.test(file))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${file}`, crossorigin: '' },
            injectTo: 'head' as const,
          })),
    },
  };
}
