import * as vscode from 'vscode';
import { whyUriNotSent } from './sendableFiles.ts';

/** More than this helps no model: the first ones are what the others come from. */
const MOST_PROBLEMS = 100;

/**
 * The errors and warnings of the workspace as VS Code lists them now, errors first; empty if there are none. Those of
 * files that are kept back are left out: they quote them.
 */
export async function problemsText(): Promise<string> {
  const all = await Promise.all(
    vscode.languages.getDiagnostics().map(async ([uri, diagnostics]) => {
      const shown = diagnostics.filter(({ severity }) => severity <= vscode.DiagnosticSeverity.Warning);
      const isSent = shown.length > 0 && vscode.workspace.getWorkspaceFolder(uri) && !(await whyUriNotSent(uri));
      return isSent ? shown.map((problem) => ({ severity: problem.severity, line: lineOf(uri, problem) })) : [];
    }),
  );
  const sorted = all
    .flat()
    .sort((a, b) => a.severity - b.severity)
    .slice(0, MOST_PROBLEMS);
  return sorted.map(({ severity, line }) => `${names[severity] ?? ''} ${line}`).join('\n');
}

const names: Readonly<Record<number, string>> = {
  [vscode.DiagnosticSeverity.Error]: 'error',
  [vscode.DiagnosticSeverity.Warning]: 'warning',
};

function lineOf(uri: vscode.Uri, { range, message }: vscode.Diagnostic): string {
  return `${vscode.workspace.asRelativePath(uri, false)}:${String(range.start.line + 1)} ${message}`;
}
