// Lets others judge the SARIF that halint writes: the JSON schema of SARIF 2.1.0, the SARIF Multitool with its rules for
// code scanning, and what neither of them looks at.
//
// node run.mjs HALINT. The validators are npm packages (`npm ci` here); without them nothing is tested.
// SPDX-License-Identifier: Apache-2.0
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const project = path.resolve(here, '../..');
const require = createRequire(import.meta.url);

function validators() {
  try {
    const multitool = path.dirname(require.resolve('@microsoft/sarif-multitool-linux/package.json'));
    const Ajv = require('ajv').default ?? require('ajv');
    const formats = require('ajv-formats').default ?? require('ajv-formats');
    const ajv = new Ajv({ strict: false, allErrors: true });
    formats(ajv);
    const schema = JSON.parse(fs.readFileSync(path.join(multitool, 'sarif-2.1.0.json'), 'utf8').replace(/^\uFEFF/, ''));
    delete schema.$schema;
    delete schema.id;
    return { program: path.join(multitool, 'Sarif.Multitool'), fits: ajv.compile(schema) };
  } catch (error) {
    console.log(`skipped: there is no validator; run \`npm ci\` in tests/sarif (${error.message.split('\n')[0]})`);
    process.exit(0);
  }
}

// The Multitool ends with 0 whatever it finds, and takes a wrong word for no word: hence the schema beside it.
function judgement(program, file) {
  const output = file + '.judged';
  const environment = { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' };
  const run = spawnSync(program, ['validate', file, '--rule-kind', 'Sarif;Ghas', '--output', output, '--log', 'ForceOverwrite', '--quiet'],
    { encoding: 'utf8', env: environment });
  if (run.status !== 0 || !fs.existsSync(output)) return [`the Multitool failed: ${run.stdout}${run.stderr}`];
  return JSON.parse(fs.readFileSync(output, 'utf8')).runs[0].results
    // No documentation is published, so there is no URI to give.
    .filter((result) => result.ruleId !== 'SARIF2005')
    .map((result) => `${result.level ?? 'warning'} ${result.ruleId}: ${(result.message.arguments ?? []).join(' | ')}`);
}

const words = (text) => typeof text === 'string' && text.length > 0;

function faults_of_rule(rule) {
  const wrong = [];
  const must = (condition, what) => condition || wrong.push(`rule ${rule.id}: ${what}`);
  must(/^[a-z0-9]+(-[a-z0-9]+)*$/.test(rule.id), 'the id is no slug');
  must(words(rule.name) && rule.name.length <= 255, 'name');
  for (const key of ['shortDescription', 'fullDescription']) must(words(rule[key]?.text) && rule[key].text.length <= 1024, key);
  must(words(rule.help?.text) && words(rule.help?.markdown), 'help');
  must(['error', 'warning', 'note'].includes(rule.defaultConfiguration?.level), 'level');
  must(rule.helpUri === undefined, 'a link to documentation that is not published');
  const { tags, precision } = rule.properties;
  must(tags.length <= 10 && tags.every(words), 'tags');
  must(['very-high', 'high', 'medium', 'low'].includes(precision), 'precision');
  const severity = rule.properties['security-severity'];
  if (tags.includes('security')) must(typeof severity === 'string' && Number(severity) > 0 && Number(severity) <= 10, 'security-severity');
  else must(severity === undefined && words(rule.properties['problem.severity']), 'a fault in availability is no vulnerability');
  return wrong;
}

function faults_of_place(place) {
  const { uri, uriBaseId } = place.physicalLocation.artifactLocation;
  const region = place.physicalLocation.region;
  const wrong = [];
  if (uriBaseId !== 'SRCROOT' || /^\/|^[a-z]+:|\\|(^|\/)\.\.(\/|$)/.test(uri)) wrong.push(`the path ${uri}`);
  const numbers = ['startLine', 'startColumn', 'endLine', 'endColumn'].map((key) => region[key]);
  if (!numbers.every((number) => Number.isInteger(number) && number > 0)) wrong.push('a region without all four numbers');
  if (region.startLine !== region.endLine) wrong.push('a region of several lines');
  if (region.endColumn < region.startColumn) wrong.push('a region that ends before it begins');
  return wrong;
}

function faults_of_result(result, rules) {
  const wrong = [];
  const must = (condition, what) => condition || wrong.push(what);
  must(rules[result.ruleIndex]?.id === result.ruleId, 'ruleIndex');
  must(['error', 'warning', 'note'].includes(result.level), 'level');
  must(words(result.message?.text) && result.message.markdown === undefined, 'message');
  must(result.locations.length === 1, 'one location');
  const related = result.relatedLocations ?? [];
  const steps = (result.codeFlows ?? []).flatMap((flow) => flow.threadFlows).flatMap((flow) => flow.locations);
  const places = [...result.locations, ...related, ...steps.map((step) => step.location)];
  wrong.push(...places.flatMap(faults_of_place));
  related.forEach((place, i) => must(place.id === i + 1 && words(place.message?.text), 'related locations count from 1'));
  must(related.length === 0 || steps.length > 1, 'evidence without a code flow');
  for (const [, id] of result.message.text.matchAll(/\[[^\][]+\]\((\d+)\)/g)) must(related[id - 1], `the link to ${id}`);
  related.slice(0, 10).forEach((place) => must(result.message.text.includes(`](${place.id})`), `no link to ${place.id}`));
  must(/^[0-9a-f]{1,16}:\d+$/.test(result.partialFingerprints?.primaryLocationLineHash), 'primaryLocationLineHash');
  const has_subjects = result.properties?.address !== undefined;
  must(!has_subjects || /^[0-9a-f]{32}$/.test(result.partialFingerprints['halintIdentity/v1']), 'halintIdentity');
  return wrong.map((what) => `result ${result.ruleId}: ${what}`);
}

function faults(text, { suppressed }) {
  const log = JSON.parse(text);
  if (log.version !== '2.1.0' || log.runs.length !== 1) return ['one run of SARIF 2.1.0'];
  const [run] = log.runs;
  const { driver } = run.tool;
  const wrong = [];
  const must = (condition, what) => condition || wrong.push(what);
  must(driver.name === 'halint' && /^\d+\.\d+\.\d+/.test(driver.semanticVersion), 'name and version');
  must(run.columnKind === 'utf16CodeUnits', 'columnKind');
  must(run.originalUriBaseIds?.SRCROOT?.uri?.endsWith('/'), 'SRCROOT');
  must(Array.isArray(run.results) && run.results.length <= 25000, 'results');
  must(run.invocations?.[0]?.executionSuccessful === true, 'executionSuccessful');
  must(!/"(startTimeUtc|endTimeUtc)"/.test(text), 'a clock: the same input gives the same bytes');
  must(suppressed === run.results.some((result) => result.suppressions), 'suppressed results only when asked');
  wrong.push(...driver.rules.flatMap(faults_of_rule), ...run.results.flatMap((result) => faults_of_result(result, driver.rules)));
  // No documentation is published, so no address may be given; what rules say in prose is theirs.
  for (const [, key, uri] of text.matchAll(/"(\w*[uU]ri)":"(https?:[^"]*)"/g)) must(false, `${key}: who answers at ${uri}?`);
  return wrong;
}

// What no example has: odd paths, a broken file, suppressions in every state, undecided checks.
function odd_workspace(directory) {
  const write = (name, text) => {
    fs.mkdirSync(path.dirname(path.join(directory, name)), { recursive: true });
    fs.writeFileSync(path.join(directory, name), text);
  };
  const database = (name, value) => `resource "aws_db_instance" "${name}" {\n  engine = "postgres"\n  multi_az = ${value}\n}\n`;
  write('a b/é#1[x]%/main.tf', `# 😀\n${database('orders', 'false')}# halint-ignore[rds-single-az]: a copy\n${database('copy', 'false')}`);
  write('broken/main.tf', 'locals {\n  a = \n}\n');
  write('late/main.tf', `# halint-ignore[rds-single-az] until 2020-01-31: was "<due>" & [see](1)\n${database('due', 'false')}` +
    `# halint-ignore[nat-gateway-single-az]: nothing here\n# halint-ignore[no-such-rule]: a typo\n${database('open', 'var.x')}variable "x" {}\n`);
  write('nginx/nginx.conf', 'events {}\nhttp {\n  upstream one { server 10.0.0.1:80; }\n  server { listen 80; location / { proxy_pass http://one; } }\n}\n');
  for (const root of ['dev', 'prod']) write(`roots/${root}/main.tf`, 'module "db" {\n  source = "../db"\n}\n');
  write('roots/db/main.tf', database('this', 'false'));
  write('empty/readme.txt', '');
}

const halint = path.resolve(process.argv[2]);
const { program, fits } = validators();
const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'halint-sarif-'));
odd_workspace(directory);
const runs = [
  ...fs.readdirSync(path.join(project, 'examples')).map((name) => ({ name, at: path.join(project, 'examples', name), args: [] })),
  { name: 'odd', at: directory, args: ['--today', '2026-01-01'] },
  { name: 'odd, with suppressed results', at: directory, args: ['--today', '2026-01-01', '--show-suppressed'], suppressed: true },
  { name: 'nothing', at: path.join(directory, 'empty'), args: [] },
];
let failed = 0;
for (const { name, at, args, suppressed = false } of runs) {
  const run = spawnSync(halint, ['check', '--isolated', '-f', 'sarif', ...args, '.'], { cwd: at, encoding: 'utf8', maxBuffer: 1 << 28 });
  const file = path.join(directory, 'report.sarif');
  fs.writeFileSync(file, run.stdout ?? '');
  const wrong = run.status > 1 || !run.stdout ? [`exit code ${run.status}: ${run.error ?? run.stderr}`] : [
    ...(fits(JSON.parse(run.stdout)) ? [] : fits.errors.map((error) => `schema: ${error.instancePath} ${error.message}`)),
    ...judgement(program, file),
    ...faults(run.stdout, { suppressed }),
  ];
  const count = JSON.parse(run.stdout || '{}').runs?.[0].results.length;
  console.log(`${wrong.length ? 'FAILED' : 'ok    '} ${name}: ${count} results`);
  for (const line of new Set(wrong)) console.log(`       ${line}`);
  if (wrong.length) ++failed;
}
fs.rmSync(directory, { recursive: true });
console.log(`${runs.length - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
