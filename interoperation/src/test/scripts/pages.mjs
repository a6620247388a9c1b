// Opens pages in headless Chromium as given on standard input: {pages: [{file, width, dark, screenshot, axe}]}.
// Answers, for each, with axe-core's violations unless axe is false, how wide the page is, and what the browser
// complained of.
import {open, withBrowser} from './browser.mjs';
import {text} from 'node:stream/consumers';

const request = JSON.parse(await text(process.stdin));
const answers = await withBrowser(async browser => {
  const found = [];
  for (const wanted of request.pages) {
    const opened = await open(browser, wanted);
    found.push({
      file: wanted.file,
      violations: wanted.axe === false ? [] : await opened.violations(),
      width: await opened.page.evaluate(() => document.documentElement.scrollWidth),
      complaints: opened.complaints,
    });
    // Draws what would be drawn once it comes into sight.
    await opened.page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await opened.page.screenshot({path: wanted.screenshot, fullPage: wanted.whole !== false});
    await opened.page.close();
  }
  return found;
});
console.log(JSON.stringify(answers));
