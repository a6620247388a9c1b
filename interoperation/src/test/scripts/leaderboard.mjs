// Uses the leaderboard as a reader does, and answers with what came of it. Standard input: {index: FILE}.
import {open, withBrowser} from './browser.mjs';
import {text} from 'node:stream/consumers';

const {index} = JSON.parse(await text(process.stdin));
const table = '#table-models-c1';
const losses = page => page.$$eval(table + ' tbody tr', rows =>
  rows.map(row => Number(row.cells[4].dataset.sort)).filter(Number.isFinite));
const shown = page => page.$eval('#models-c1 output', output => output.textContent);
const sorted = page => page.$eval(table + ' th[data-field="loss.estimate"]', head => head.getAttribute('aria-sort'));

const answer = await withBrowser(async browser => {
  // The first page of a browser that has just started says more about the browser.
  await (await open(browser, {file: index})).page.close();
  const {page, complaints} = await open(browser, {file: index});
  const did = {complaints};
  // From the first byte until the script has prepared everything and the page answers.
  did.usable_ms = await page.evaluate(() => performance.getEntriesByType('navigation')[0].loadEventEnd);
  // A hostile text's script would change the title of its page.
  did.titles = [await page.title()];
  for (const name of ['subnet', 'samples', 'history', 'models/50', 'models/54']) {
    const opened = await open(browser, {file: index.replace('index.html', name + '.html')});
    did.titles.push(await opened.page.title());
    complaints.push(...opened.complaints);
    await opened.page.close();
  }

  did.keys_hidden = await page.$eval(table + ' td.g-keys', cell => getComputedStyle(cell).display === 'none');
  await page.click('#models-c1 input[value=keys]');
  did.keys_shown = await page.$eval(table + ' td.g-keys', cell => getComputedStyle(cell).display !== 'none');

  await page.click(table + ' th[data-field="loss.estimate"] button');
  did.sort_announced = await sorted(page);
  const found = await losses(page);
  did.losses_sorted = found.length > 200 && found.every((loss, i) => !i || found[i - 1] <= loss);

  await page.keyboard.press('Escape');
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('/');
  await page.keyboard.type('miner-30/model accepted');
  did.filtered = await shown(page);
  did.link = page.url();

  const other = await open(browser, {file: index, fragment: new URL(page.url()).hash});
  did.link_recalled = await shown(other.page);
  await other.page.close();

  await page.focus(table + ' th[data-field="loss.estimate"] button');
  await page.keyboard.press('Enter');
  did.by_keyboard = await sorted(page);

  await page.evaluate(() => document.querySelector('#scatter-c1').scrollIntoView());
  await page.waitForFunction(() => document.querySelector('#scatter-c1 canvas'));
  await page.select('#scatter-c1 select', '2');
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  did.plots_drawn = (await page.$$('canvas')).length;

  await Promise.all([page.waitForNavigation(), page.$eval(table + ' tbody tr:not([hidden]) a', link => link.click())]);
  did.model = await page.$eval('h1', heading => heading.textContent);

  const bare = await browser.newPage();
  await bare.setJavaScriptEnabled(false);
  await bare.goto(String(new URL('index.html', page.url().replace('/models/', '/'))));
  did.without_script = (await bare.$$(table + ' tbody tr')).length;
  return did;
});
console.log(JSON.stringify(answer));
