// Debian's Chromium, driven by puppeteer-core; axe-core looks for what people with disabilities stumble over.
import axe from 'axe-core';
import puppeteer from 'puppeteer-core';
import {pathToFileURL} from 'node:url';

export async function withBrowser(work) {
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    // The tests may run as root, for whom Chromium has no sandbox; they open files of their own only.
    args: ['--no-sandbox', '--disable-gpu', '--hide-scrollbars'],
  });
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}

/** A page of a file, once it has loaded; whatever it asks of the network is a complaint. */
export async function open(browser, {file, fragment = '', width = 1280, height = 900, dark = false}) {
  const page = await browser.newPage();
  const complaints = [];
  page.on('console', message => ['error', 'warn'].includes(message.type()) && complaints.push(message.text()));
  page.on('pageerror', error => complaints.push(String(error)));
  page.on('request', request => request.url().startsWith('http') && complaints.push('asks ' + request.url()));
  page.on('requestfailed', request => complaints.push('lacks ' + request.url()));
  await page.setViewport({width, height});
  await page.emulateMediaFeatures([{name: 'prefers-color-scheme', value: dark ? 'dark' : 'light'}]);
  await page.goto(pathToFileURL(file) + fragment, {waitUntil: 'load'});
  return {page, complaints, violations: () => violations(page)};
}

async function violations(page) {
  await page.evaluate(axe.source);
  // Without preload, for which axe-core would fetch the style sheets again.
  const result = await page.evaluate(() => window.axe.run(document, {preload: false}));
  return result.violations.map(v => `${v.id}: ${v.help}: ${v.nodes.length}x ${v.nodes[0].html.slice(0, 200)}`);
}
