import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { fontPreload } from './build/font-preload.ts';
import { parsedMessages } from './build/messages.ts';
import { themeCss } from './build/theme-css.ts';

/** Where `npm run dev` finds the backend. */
const backend = process.env.OKTAN_API ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react(), themeCss(), fontPreload(), parsedMessages()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: { proxy: { '/v1': backend } },
  preview: { proxy: { '/v1': backend } },
  build: {
    target: 'es2022',
    manifest: true,
    // A data: URL would need an exception in the content security policy.
    assetsInlineLimit: 0,
    // The polyfill of module preloading is for browsers this target excludes.
    modulePreload: { polyfill: false },
  },
  test: { include: ['tests/**/*.test.{ts,tsx}'] },
});
