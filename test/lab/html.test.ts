/** `-o html` in a real browser: accessible, readable at every width and on paper, and it asks nobody for anything. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/model.ts';
import { renderHtml } from '../../src/render/html/index.ts';
import { poisoned, recorded } from '../render/html/reports.ts';

const reports: Readonly<Record<string, () => Promise<Report>>> = {
  healthy: () => recorded('healthy-several'),
  'several findings': () => recorded('serving-certificate-expired-and-other-names'),
  'three kube-apiservers': () => recorded('several-pair-of-another-ca', { targetVersion: '1.39' }),
  'expired certificates': () => recorded('front-proxy-client-expired'),
  'what a laptop sees': () => recorded('laptop-several-names-differ'),
  hostile: async () => poisoned(await recorded('serving-certificate-expired-and-other-names')),
};
const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let browser: Browser;
let folder: string;
let axe: string;
const pages = new Map<string, string>();
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args });
  folder = await mkdtemp(join(tmpdir(), 'aggctl-html-'));
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
});
afterAll(async () => {
  await browser?.close();
  if (folder) await rm(folder, { recursive: true });
});

// What runs in the page is text: the types of this project have no DOM.
/** Of each drawing that is shown: the size of its smallest text, in pixels of the screen, and whether all of it is inside. */
const measured = `[...document.querySelectorAll('svg.drawing')].filter((svg) => svg.checkVisibility()).map((svg) => {
  const { left, right } = svg.getBoundingClientRect();
  const texts = [...svg.querySelectorAll('text')];
  const boxes = texts.map((text) => text.getBoundingClientRect());
  return {
    size: Math.min(...texts.map((text) => Number.parseFloat(getComputedStyle(text).fontSize) * svg.getScreenCTM().a)),
    inside: boxes.every((box) => box.left >= left - 1 && box.right <= right + 1),
  };
})`;
const unfold = (open: boolean) => `for (const one of document.querySelectorAll('details')) one.open = ${open}`;
/** Whatever might reach a server, or run. */
const trying = (url: string) => `(async () => {
  document.body.append(Object.assign(new Image(), { src: '${url}image' }));
  document.body.append(Object.assign(document.createElement('script'), { src: '${url}script' }));
  document.body.append(Object.assign(document.createElement('script'), { text: 'document.title = "run"' }));
  const fetched = await fetch('${url}fetch').then(() => 'answered', () => 'refused');
  return { fetched, title: document.title };
})()`;

/** Opens the page of a report, and hands it on with what it asked for and complained about. */
async function opened<T>(
  name: string,
  options: BrowserContextOptions,
  use: (page: Page, seen: { readonly requests: readonly string[]; readonly complaints: readonly string[] }) => Promise<T>,
): Promise<T> {
  const file = pages.get(name) ?? join(folder, `${name}.html`);
  if (!pages.has(name)) await writeFile(file, renderHtml((await reports[name]?.()) as Report));
  pages.set(name, file);
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
  try {
    const page = await context.newPage();
    const [requests, complaints]: [string[], string[]] = [[], []];
    page.on('request', (request) => requests.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('dialog', (dialog) => complaints.push(dialog.message()));
    await page.goto(pathToFileURL(file).href);
    return await use(page, { requests, complaints });
  } finally {
    await context.close();
  }
}

describe.each(Object.keys(reports))('%s', (name) => {
  test.each(['light', 'dark'] as const)('axe finds nothing, %s', async (colorScheme) => {
    const found = await opened(name, { colorScheme }, async (page) => {
      await page.evaluate(unfold(true));
      await page.evaluate(axe);
      return page.evaluate<AxeResults>('axe.run()');
    });
    expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => [html, failureSummary])])).toEqual([]);
    expect(found.passes.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['color-contrast', 'svg-img-alt', 'landmark-one-main', 'heading-order']),
    );
  });

  test.each([360, 800, 1400])('nothing is wider than a window of %i pixels, and the drawings can be read', async (width) => {
    await opened(name, { viewport: { width, height: 900 } }, async (page) => {
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      const drawings = await page.evaluate<{ size: number; inside: boolean }[]>(measured);
      expect(drawings.length).toBeGreaterThan(0);
      for (const { size, inside } of drawings) {
        expect(size).toBeGreaterThan(9.5);
        expect(inside).toBe(true);
      }
    });
  });

  test('asks for nothing but itself, and complains about nothing', async () => {
    await opened(name, {}, async (page, { requests, complaints }) => {
      await page.waitForLoadState('networkidle');
      expect(requests).toEqual([page.url()]);
      expect(complaints).toEqual([]);
    });
  });

  test('is complete on white paper', async () => {
    await opened(name, { colorScheme: 'dark' }, async (page) => {
      await page.evaluate(unfold(false));
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
      expect(await page.locator('nav:visible, button:visible').count()).toBe(0);
      const hidden = `[...document.querySelectorAll('.hops')].filter((one) => !one.checkVisibility({ contentVisibilityAuto: true })).length`;
      expect(await page.evaluate(hidden)).toBe(0);
      expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000);
    });
  });
});

describe('each command', () => {
  test.each(['several findings', 'three kube-apiservers', 'hostile'])('is copied exactly by its button: %s', async (name) => {
    await opened(name, { permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
      const commands = (await reports[name]?.())?.findings.flatMap(({ fix }) => fix.commands) ?? [];
      const buttons = await page.locator('.command button').all();
      expect(buttons.length).toBe(commands.length);
      expect(commands.length).toBeGreaterThan(0);
      for (const [index, button] of buttons.entries()) {
        await button.click();
        const shown = await page.locator('.command code').nth(index).textContent();
        expect(await page.evaluate('navigator.clipboard.readText()')).toBe(shown);
        if (name !== 'hostile') expect(shown).toBe(commands[index]);
        expect(await button.textContent()).toMatch(/^Copied the command|^Copied command/);
        expect(await page.getByRole('status').textContent()).toBe('Copied');
      }
    });
  });

  test('is selected whole by a click where no script runs', async () => {
    await opened('several findings', { javaScriptEnabled: false }, async (page) => {
      expect(await page.locator('.command button:visible').count()).toBe(0);
      const code = page.locator('.command code').first();
      await code.click();
      expect(await page.evaluate('getSelection().toString()')).toBe(await code.textContent());
    });
  });
});

test('the policy of the page stops what would leave', async () => {
  let asked = 0;
  const server = createServer((_, response) => {
    asked++;
    response.setHeader('access-control-allow-origin', '*').end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    await opened('healthy', {}, async (page, { complaints }) => {
      const tried = await page.evaluate<{ fetched: string; title: string }>(trying(url));
      expect(tried.fetched).toBe('refused');
      expect(tried.title).not.toBe('run');
      expect(complaints.filter((one) => one.includes('Content Security Policy')).length).toBeGreaterThanOrEqual(4);
    });
    expect(asked).toBe(0);
  } finally {
    server.close();
  }
});
