// Drives VS Code, as code-server in a headless Chromium, through the plan of run.py, and writes down what it showed.
// node vscode.mjs CODE_SERVER_DIRECTORY VSIX CHROMIUM; the plan is in $HALINT_TEST_PLAN.
// SPDX-License-Identifier: Apache-2.0
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { createRequire } from 'node:module';

const [directory, vsix, chromiumPath] = process.argv.slice(2);
const { chromium } = createRequire(path.join(directory, 'package.json'))('playwright-core');
const plan = JSON.parse(fs.readFileSync(process.env.HALINT_TEST_PLAN, 'utf8'));
const record = {};
const home = process.env.HOME;
const patience = plan.patience * 1000;
const log = path.join(home, 'server.log');
const pictures = process.env.HALINT_TEST_PICTURES;

const settings = {
  'workbench.startupEditor': 'none', 'telemetry.telemetryLevel': 'off', 'update.mode': 'none',
  'extensions.autoCheckUpdates': false, 'extensions.ignoreRecommendations': true, 'workbench.enableExperiments': false,
  'git.enabled': false, 'files.autoSave': 'off', 'workbench.panel.defaultLocation': 'right', 'chat.disableAIFeatures': true, 'editor.minimap.enabled': false, 'window.commandCenter': false,
  'workbench.colorTheme': 'Default Light Modern', 'editor.occurrencesHighlight': 'off', 'breadcrumbs.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden', 'workbench.layoutControl.enabled': false,
  'workbench.tips.enabled': false, 'security.workspace.trust.enabled': false,
};
const servers = ['--user-data-dir', `${home}/data`, '--extensions-dir', `${home}/extensions`];
const entry = path.join(directory, 'node_modules/code-server/out/node/entry.js');

function installExtension() {
  fs.mkdirSync(`${home}/data/User`, { recursive: true });
  fs.writeFileSync(`${home}/data/User/settings.json`, JSON.stringify(settings));
  const run = spawnSync(process.execPath, [entry, ...servers, '--install-extension', vsix], { encoding: 'utf8' });
  if (run.status) throw new Error(`the extension cannot be installed: ${run.stdout}${run.stderr}`);
}

function freePort() {
  return new Promise((done) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

function answers(url) {
  return new Promise((done) => {
    http.get(url, (answer) => { answer.resume(); done(true); }).on('error', () => done(false));
  });
}

async function startServer() {
  const port = await freePort();
  const output = fs.openSync(log, 'w');
  const server = spawn(process.execPath, [entry, ...servers, '--bind-addr', `127.0.0.1:${port}`, '--auth', 'none',
    '--disable-telemetry', '--disable-update-check', '--disable-workspace-trust'], { stdio: ['ignore', output, output], detached: true });
  for (let i = 0; !(await answers(`http://127.0.0.1:${port}/healthz`)); i++) {
    if (i > 150) throw new Error('code-server does not answer');
    await new Promise((done) => setTimeout(done, 200));
  }
  return { server, port };
}

// The editor as its user sees it.
class Editor {
  constructor(page) {
    this.page = page;
    this.name = path.basename(plan.file);
  }

  // Nothing may be asked of the network. VS Code serves the files of its previews under a host that no request leaves for.
  static hostsOf(page) {
    const hosts = new Set();
    page.on('request', (request) => {
      const url = new URL(request.url());
      const isLocal = url.hostname === '127.0.0.1' || url.hostname.endsWith('.vscode-resource.vscode-cdn.net');
      if (url.protocol.startsWith('http') && !isLocal) hosts.add(url.hostname);
    });
    return hosts;
  }

  async command(name) {
    await this.page.keyboard.press('F1');
    const box = this.page.locator('.quick-input-widget input');
    await box.waitFor({ state: 'visible' });
    await box.fill(`>${name}`);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().waitFor();
    await this.page.keyboard.press('Enter');
    await box.waitFor({ state: 'hidden' });
  }

  async open(file, line = 1, column = 1) {
    await this.page.keyboard.press('Control+P');
    const box = this.page.locator('.quick-input-widget input');
    await box.waitFor({ state: 'visible' });
    await box.fill(path.relative(plan.root, file));
    await this.page.locator('.quick-input-list .monaco-list-row[data-index="0"]', { hasText: path.basename(file) }).waitFor();
    await this.page.waitForTimeout(300);  // The list is filled in several steps.
    await this.page.keyboard.press('Enter');
    await this.page.locator(`.tab.active[data-resource-name="${path.basename(file)}"]`).waitFor();
    await this.page.waitForSelector('.monaco-editor .view-line');
    await this.goTo(line, column);
  }

  async goTo(line, column) {
    await this.page.keyboard.press('Control+G');
    const box = this.page.locator('.quick-input-widget input');
    await box.waitFor({ state: 'visible' });
    await box.fill(`:${line}:${column}`);
    await this.page.keyboard.press('Enter');
    await box.waitFor({ state: 'hidden' });
  }

  // The rows of the Problems panel for one file, in order. Only what is in sight exists: the window is high enough.
  async rows(file) {
    const filter = this.page.locator('.viewpane-filter input, .markers-panel-filter-container input').first();
    const glob = `**/${path.basename(file)}`;
    if ((await filter.inputValue()) !== glob) await filter.fill(glob);
    await this.page.locator('.markers-panel .monaco-list-row', { hasText: path.basename(file) }).first().waitFor();
    await this.page.waitForTimeout(300);
    const rows = await this.page.locator('.markers-panel .monaco-list-row').evaluateAll((all) => all.map((row) => ({
      index: Number(row.dataset.index), label: row.ariaLabel, text: row.textContent })));
    return rows.sort((a, b) => a.index - b.index);
  }

  async shown(file = plan.file) {
    const list = [];
    for (const { label, text } of await this.rows(file)) {
      const finding = /^(Error|Warning|Info): ([^]*) at line (\d+) and character \d+\..* generated by halint/.exec(label);
      const related = /^([^]*) at line (\d+) and character \d+ in (.*)$/.exec(label);
      if (finding) {
        const severity = { Error: 'error', Warning: 'warning', Info: 'note' }[finding[1]];
        list.push({ rule: /halint\(?([a-z0-9-]+)\)?\[Ln/.exec(text)?.[1] ?? text, line: Number(finding[3]), severity, message: finding[2], related: [] });
      } else if (related && list.length > 0) {
        list.at(-1).related.push([path.basename(related[3]), Number(related[2]), related[1]]);
      }
    }
    return list;
  }

  async waitFor(rule, isWanted) {
    for (const end = Date.now() + patience; Date.now() < end;) {
      const list = await this.shown();
      if (list.some((item) => item.rule === rule) === isWanted) return list;
    }
    return this.shown();
  }

  async hover(line) {
    await this.goTo(line, 4);
    await this.command('Show or Focus Hover');
    const box = this.page.locator('.monaco-hover:not(.hidden) .hover-contents').last();
    await box.waitFor({ state: 'visible' });
    await this.page.waitForTimeout(500);
    return this.page.locator('.monaco-hover:not(.hidden)').first().innerText();
  }

  // Opens the menu of code actions at the caret and leaves it open.
  async actions() {
    const rows = this.page.locator('.action-widget .monaco-list-row.action');
    for (let tries = 0; ; tries++) {
      await this.page.keyboard.press('Control+.');
      try {
        await rows.first().waitFor({ timeout: 4000 });
        break;
      } catch (fault) {
        if (tries === 4) throw fault;
      }
    }
    return (await rows.allInnerTexts()).map((text) => text.trim());
  }

  async choose(title, titles) {
    for (let i = titles.findIndex((text) => text.includes(title)); i > 0; i--) await this.page.keyboard.press('ArrowDown');
    await this.page.keyboard.press('Enter');
    await this.page.locator('.action-widget').waitFor({ state: 'detached' }).catch(() => {});
  }

  async lineAt(line) {
    await this.goTo(line, 1);
    const number = this.page.locator('.monaco-editor .line-numbers.active-line-number').first();
    const top = (await number.boundingBox()).y;
    for (const row of await this.page.locator('.monaco-editor .view-lines').first().locator('.view-line').all()) {
      const box = await row.boundingBox();
      if (box && Math.abs(box.y - top) < 3) return (await row.innerText()).replaceAll('\u00a0', ' ');
    }
    return '';
  }

  async change(edit) {
    await this.goTo(edit.line, 1);
    await this.page.keyboard.press('Home');
    await this.page.keyboard.press('Home');
    await this.page.keyboard.press('Shift+End');
    await this.page.keyboard.insertText(edit.text.trimStart());
    return this.waitFor(edit.rule, edit.is_found);
  }

  async jump(jump) {
    if (jump.method !== 'definition') return null;
    await this.open(jump.file, jump.line, jump.character + 1);
    const from = await this.place();
    await this.page.keyboard.press('F12');
    for (const end = Date.now() + patience; Date.now() < end; await this.page.waitForTimeout(100)) {
      const place = await this.place();
      if (place !== from) return [place];
    }
    return [];
  }

  async place() {
    const name = await this.page.locator('.tab.active').first().getAttribute('data-resource-name');
    const status = await this.page.locator('.statusbar-item', { hasText: /Ln \d+, Col \d+/ }).first().innerText();
    return `${name}:${/Ln (\d+)/.exec(status)[1]}`;
  }
}

async function picture(page, name) {
  if (pictures) await page.screenshot({ path: path.join(pictures, `${name}.png`) });
}

// As most people look at it: the panel below.
async function pictureOfAFinding(editor, page) {
  if (!pictures) return;
  const size = page.viewportSize();
  await page.setViewportSize({ width: 1200, height: 940 });
  await editor.command('View: Move Panel To Bottom');
  await editor.rows(plan.file);
  const list = await page.locator('.markers-panel .monaco-list').first().boundingBox();
  await page.mouse.move(list.x + list.width - 20, list.y + list.height / 2);
  for (let i = 0; i < 5; i++) {
    await page.mouse.wheel(0, 400);
    await page.waitForTimeout(200);
  }
  await editor.hover(plan.finding.line);
  await picture(page, 'vscode');
  await page.keyboard.press('Escape');
  await editor.command('View: Move Panel Right');
  await page.setViewportSize(size);
}

async function follow(page) {
  const editor = new Editor(page);
  await page.waitForSelector('.monaco-workbench');
  await page.waitForSelector('.explorer-folders-view .monaco-list-row');
  await editor.open(plan.file);
  await page.waitForSelector('.squiggly-error', { state: 'attached' });
  await editor.command('Problems: Focus on Problems View');
  await page.waitForSelector('.markers-panel .monaco-list-row');
  const { rule, line } = plan.finding;
  record.shown = await editor.waitFor(rule, true);

  await pictureOfAFinding(editor, page);
  record.hover_resource = await editor.hover(plan.resource_line);
  await picture(page, 'hover-on-a-resource');
  await page.keyboard.press('Escape');
  record.hover = await editor.hover(line);
  await picture(page, 'hover-on-a-finding');
  await page.keyboard.press('Escape');

  await editor.goTo(line, 4);
  record.actions = await editor.actions();
  await picture(page, 'actions');
  await editor.choose('ignore', record.actions);
  const shown = await editor.waitFor(rule, false);
  record.ignored = { shown, text: await editor.lineAt(line) };
  await picture(page, 'ignored');
  await page.keyboard.press('Control+Z');
  await editor.waitFor(rule, true);

  record.mended = await editor.change(plan.mend);
  record.broken = await editor.change(plan.spoil);
  const others = await editor.shown(path.join(path.dirname(plan.file), 'databases.tf'));
  record.elsewhere = others.map((item) => `databases.tf ${item.rule}`);
  record.jumps = [];
  for (const jump of plan.jumps) record.jumps.push(await editor.jump(jump));

  await editor.open(plan.file, line, 4);
  await editor.choose('explain', await editor.actions());
  await page.locator('.tab', { hasText: rule }).first().waitFor();
  await page.waitForTimeout(1500);
  await picture(page, 'explained');
}

const { server, port } = await (async () => { installExtension(); return startServer(); })();
const context = await chromium.launchPersistentContext(`${home}/browser`, {
  executablePath: chromiumPath, headless: true, viewport: { width: 1600, height: 1400 },
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
const page = context.pages()[0] ?? await context.newPage();
page.setDefaultTimeout(patience);
const hosts = Editor.hostsOf(page);
try {
  await page.goto(`http://127.0.0.1:${port}/?folder=${plan.root}`, { waitUntil: 'domcontentloaded' });
  await follow(page);
} catch (fault) {
  record.fault = `${fault.message}\n${fs.readFileSync(log, 'utf8').slice(-1500)}`;
  await picture(page, 'fault');
}
record.hosts = [...hosts];
await context.close();
process.kill(-server.pid);
await new Promise((done) => server.once('exit', done));
fs.writeFileSync(plan.out, JSON.stringify(record));
