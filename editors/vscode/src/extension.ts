// Runs the language server of halint, and shows what it says.
// SPDX-License-Identifier: Apache-2.0
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { LanguageClient, type LanguageClientOptions, type ServerOptions, State } from 'vscode-languageclient/node';

const SCHEME = 'halint-rule';

let client: LanguageClient | undefined;
let status: vscode.StatusBarItem | undefined;

// The setting, else the binary that the package brings along, else the one on the PATH.
function findServer(context: vscode.ExtensionContext): string {
  const configured = vscode.workspace.getConfiguration('halint').get<string>('path', '');
  if (configured !== '') return configured;
  const bundled = context.asAbsolutePath(path.join('bin', process.platform === 'win32' ? 'halint.exe' : 'halint'));
  return fs.existsSync(bundled) ? bundled : 'halint';
}

// By language, and by name where the language says nothing: `.conf` is "properties" without an extension for nginx.
const LANGUAGES = ['terraform', 'terraform-vars', 'hcl', 'opentofu', 'yaml', 'json', 'nginx'];
const FILES = '**/{*.tf,*.tofu,*.tfvars,*.template,*.conf,sites-available/*,sites-enabled/*,.halint.yaml}';

function makeClient(context: vscode.ExtensionContext): LanguageClient {
  const run = { command: findServer(context), args: ['lsp'] };
  const server: ServerOptions = { run, debug: run };
  const options: LanguageClientOptions = {
    documentSelector: [
      ...LANGUAGES.map((language) => ({ scheme: 'file', language })),
      { scheme: 'file', pattern: FILES },
    ],
    // Hovers of VS Code show the diagnostics already, and this extension shows the pages of rules.
    initializationOptions: { hoverShowsDiagnostics: true, showsRulePages: true },
    middleware: {
      // The server answers with the page of a rule; here it can be shown better than as a message.
      executeCommand: async (command, parameters, next) =>
        command === 'halint.explain' ? showRule(String(parameters[0])) : next(command, parameters),
    },
  };
  return new LanguageClient('halint', 'halint', server, options);
}

async function start(context: vscode.ExtensionContext): Promise<void> {
  if (!vscode.workspace.getConfiguration('halint').get<boolean>('enable', true)) return;
  client = makeClient(context);
  client.onDidChangeState((change) => {
    if (status === undefined) return;
    status.text = change.newState === State.Running ? '$(shield) halint' : '$(loading~spin) halint';
  });
  try {
    await client.start();
    status?.show();
  } catch (fault) {
    const text = fault instanceof Error ? fault.message : String(fault);
    void vscode.window.showErrorMessage(`halint does not run: ${text}. Set halint.path to where it is.`);
  }
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  status?.hide();
  if (running?.state === State.Running) await running.stop();
}

// The pages of rules, as read-only documents.
class RulePages implements vscode.TextDocumentContentProvider {
  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const rule = path.basename(uri.path, '.md');
    const page = await client?.sendRequest('workspace/executeCommand', { command: 'halint.explain', arguments: [rule] });
    return typeof page === 'string' ? page : `There is no rule \`${rule}\`.`;
  }
}

async function showRule(rule: string): Promise<void> {
  const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${rule}.md` });
  await vscode.workspace.openTextDocument(uri);
  await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
}

async function askAndShowRule(): Promise<void> {
  const found = new Set<string>();
  for (const [, diagnostics] of vscode.languages.getDiagnostics()) {
    for (const diagnostic of diagnostics) {
      if (diagnostic.source === 'halint' && typeof diagnostic.code === 'string') found.add(diagnostic.code);
    }
  }
  const picked = await vscode.window.showQuickPick([...found].sort(), { title: 'halint: which rule?' });
  if (picked !== undefined) await showRule(picked);
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  status = vscode.window.createStatusBarItem(vscode.StatusBarAlignment.Right);
  status.name = 'halint';
  status.tooltip = 'halint: availability and network checks';
  status.command = 'halint.showLog';
  context.subscriptions.push(
    status,
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, new RulePages()),
    vscode.commands.registerCommand('halint.showRule', askAndShowRule),
    vscode.commands.registerCommand('halint.showLog', () => client?.outputChannel.show()),
    vscode.commands.registerCommand('halint.restart', async () => {
      await stop();
      await start(context);
    }),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (!change.affectsConfiguration('halint.path') && !change.affectsConfiguration('halint.enable')) return;
      await stop();
      await start(context);
    }),
  );
  await start(context);
}

export function deactivate(): Promise<void> {
  return stop();
}
