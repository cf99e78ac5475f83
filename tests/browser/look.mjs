// Opens a report page in a real browser, uses it as a reader would, and takes pictures of it. Run by a person:
//
//   npm install playwright-core            (anywhere; then set NODE_PATH or run from there)
//   node tests/browser/look.mjs REPORT.html [FOLDER FOR PICTURES] [PATH OF CHROMIUM]
//
// Ends with an error if the page writes to the console, asks for anything beyond its own file, or does not sort, filter,
// show more, change its theme or print as it should.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import assert from "node:assert/strict";

const require = createRequire(path.join(process.cwd(), "look.cjs"));
const { chromium } = require("playwright-core");
const [file, folder = "pictures", executablePath = "/usr/bin/chromium"] = process.argv.slice(2);
const address = pathToFileURL(path.resolve(file)).href;
mkdirSync(folder, { recursive: true });

const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const browser = await chromium.launch({ executablePath, args });
const complaints = [];

async function open(options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("request", (request) => { if (request.url() !== address) complaints.push(`request: ${request.url()}`); });
  const begun = Date.now();
  await page.goto(address, { waitUntil: "load" });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  return { page, took: Date.now() - begun };
}

// How long until the page can be used, and what that was spent on.
{
  const { page, took } = await open({ viewport: { width: 1440, height: 900 } });
  const timing = await page.evaluate(() => {
    const [load] = performance.getEntriesByType("navigation");
    return { interactive: Math.round(load.domInteractive), loaded: Math.round(load.loadEventEnd), nodes: document.querySelectorAll("*").length };
  });
  console.log(`${statSync(file).size} bytes, usable after ${took} ms`, JSON.stringify(timing));
  await page.context().close();
}

// What a reader does.
{
  const { page } = await open({ viewport: { width: 1440, height: 900 } });
  const column = (list, n) => page.locator(`${list} tbody tr td:nth-child(${n}), ${list} tbody tr th:nth-child(${n})`).allInnerTexts();
  const list = "#list-projects";
  await page.locator(list).scrollIntoViewIfNeeded();
  const heads = await page.locator(`${list} thead button`).allTextContents();
  const at = (part) => heads.findIndex((head) => head.includes(part)) + 1;
  const budget = at("预算数") || at("Revised");
  await page.locator(`${list} thead th:nth-child(${budget}) button`).click();
  assert.equal(await page.locator(`${list} thead th:nth-child(${budget})`).getAttribute("aria-sort"), "descending");
  const money = (await column(list, budget)).map((text) => Number(text.replaceAll(",", "")));
  assert.deepEqual(money, [...money].sort((a, b) => b - a), "largest budget first");
  await page.locator(`${list} thead th:nth-child(${budget}) button`).click();
  const up = (await column(list, budget)).map((text) => Number(text.replaceAll(",", "")));
  assert.deepEqual(up, [...up].sort((a, b) => a - b), "smallest budget first");

  const shown = async () => page.locator(`${list} tbody tr`).count();
  const before = await shown();
  const count = Number(await page.locator(list).getAttribute("data-count"));
  assert.equal(before, Math.min(40, count));
  if (count > 40) {
    await page.locator(`${list} .again`).click();
    assert.equal(await shown(), Math.min(120, count));
  }
  await page.locator(`${list} select[data-by=g]`).selectOption({ index: 3 });
  const grades = await page.locator(`${list} tbody .grade`).evaluateAll((all) => all.map((one) => one.className));
  assert.ok(grades.every((name) => name.endsWith("g2")), "only the chosen grade");
  await page.locator(`${list} select[data-by=g]`).selectOption({ index: 0 });
  await page.locator(`${list} input[type=search]`).fill("no such project");
  assert.equal(await shown(), 0);
  await page.locator(`${list} input[type=search]`).fill("");

  // A department without a score stays last whichever way the scores are sorted.
  const ranking = "#list-departments";
  const score = 4;
  for (const click of [1, 2]) {
    await page.locator(`${ranking} thead th:nth-child(${score}) button`).click();
    const scores = await column(ranking, score);
    const first = scores.findIndex((text) => text === "…");
    assert.ok(first < 0 || scores.slice(first).every((text) => text === "…"), `missing last after click ${click}`);
  }

  // By keyboard alone.
  await page.locator(`${ranking} thead th:nth-child(2) button`).focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.locator(`${ranking} thead th:nth-child(2)`).getAttribute("aria-sort"), "ascending");

  // A chart says its value on hover.
  await page.evaluate(() => scrollTo(0, 0));
  const bar = await page.locator("#chart-scores path").evaluateAll((paths) => {
    const boxes = paths.map((one) => one.getBoundingClientRect()).filter((box) => box.width > 8);
    const { x, y, width, height } = boxes.sort((one, other) => other.height - one.height)[0];
    return { x: x + width / 2, y: y + height / 2 };
  });
  await page.mouse.move(bar.x, bar.y);
  await page.waitForTimeout(200);
  const tip = await page.locator("#chart-scores > div:last-child").innerText();
  assert.match(tip, /\d/, "value on hover");

  const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
  const was = await theme();
  await page.locator("#theme").click();
  assert.notEqual(await theme(), was);
  await page.locator("#theme").click();

  const severity = page.locator("#cards select[data-by=l]");
  await severity.selectOption("error");
  const cards = await page.locator("#cards .card").evaluateAll((all) => all.map((one) => one.dataset.l));
  assert.ok(cards.length > 0 && cards.every((level) => level === "error"));
  await severity.selectOption({ index: 0 });

  writeFileSync(path.join(folder, "print.pdf"), await page.pdf({ preferCSSPageSize: true, printBackground: true }));
  assert.equal(await page.locator(`${list} tbody tr`).count(), Math.min(40, count), "back to one page of rows after printing");
  await page.context().close();
}

// The page never scrolls sideways, and what it looks like.
for (const [device, viewport] of [["desktop", { width: 1440, height: 900 }], ["phone", { width: 390, height: 844 }]]) {
  for (const colorScheme of ["light", "dark"]) {
    const { page } = await open({ viewport, colorScheme });
    const picture = (name) => page.screenshot({ path: path.join(folder, `${device}-${colorScheme}-${name}.png`) });
    await picture("first");
    for (const id of ["charts", "departments", "indicators", "budget", "projects", "findings", "submissions", "method"]) {
      await page.evaluate((section) => { location.hash = section; }, id);
      await page.waitForTimeout(150);
      await picture(id);
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${device}: ${wide} px too wide`);
    await page.context().close();
  }
}

// Without script all figures are there.
{
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(address);
  const rows = await page.locator("#list-projects tbody tr").count();
  assert.equal(rows, Number(await page.locator("#list-projects").getAttribute("data-count")));
  await page.screenshot({ path: path.join(folder, "without-script.png"), fullPage: false });
}

await browser.close();
assert.deepEqual(complaints, [], "console and requests");
console.log("all as it should be");
