// Lighthouse with Debian's Chromium, on a slow phone as Lighthouse imagines one.
import lighthouse from 'lighthouse';
import { launch } from 'chrome-launcher';

/** What each category must reach, of 100. */
export const LEAST = 95;

/** The scores of each address, `{ address, performance, accessibility, 'best-practices', seo }`, and what cost points. */
export async function measure(base, paths) {
  const chrome = await launch({
    chromePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
  try {
    const measured = [];
    for (const path of paths) {
      const look = async () => (await lighthouse(base + path, { port: chrome.port, output: 'json', logLevel: 'error' })).lhr;
      let lhr = await look();
      // No score is no low score: Lighthouse could not measure, which a busy machine makes of it now and then.
      if (Object.values(lhr.categories).some(({ score }) => score === null)) lhr = await look();
      const scores = Object.entries(lhr.categories).map(([name, { score }]) => [name, Math.round(score * 100)]);
      const lost = Object.values(lhr.categories).flatMap(({ auditRefs }) =>
        auditRefs.filter(({ id, weight }) => weight > 0 && (lhr.audits[id].score ?? 1) < 0.9).map(({ id }) => id),
      );
      measured.push({ path, ...Object.fromEntries(scores), lost: lost.join(' ') });
    }
    return measured;
  } finally {
    chrome.kill();
  }
}

/** Whether every category of a page holds. */
export const holds = ({ path: _path, lost: _lost, ...scores }) => Object.values(scores).every((score) => score >= LEAST);
