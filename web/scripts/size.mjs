// Adds up the gzipped JavaScript a first visit to `/login` and to the overview loads, and fails when over.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT_KB = 250;
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist)));

const files = new Set();
function collect(key) {
  const chunk = manifest[key];
  if (!chunk || files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const next of chunk.imports ?? []) collect(next);
}

const first = ['index.html', 'src/pages/sign-in/LoginPage.tsx', 'src/frame/CabinetFrame.tsx',
  'src/pages/overview/OverviewPage.tsx'];
for (const key of first) {
  if (!manifest[key]) throw new Error(`${key} is not in the build; correct scripts/size.mjs`);
  collect(key);
}

let total = 0;
for (const file of [...files].filter((name) => name.endsWith('.js'))) {
  const size = gzipSync(readFileSync(new URL(file, dist))).length;
  total += size;
  process.stdout.write(`${(size / 1000).toFixed(1).padStart(7)} kB  ${file}\n`);
}
process.stdout.write(`${(total / 1000).toFixed(1).padStart(7)} kB  in all, limit ${LIMIT_KB} kB\n`);
if (total > LIMIT_KB * 1000) process.exit(1);
