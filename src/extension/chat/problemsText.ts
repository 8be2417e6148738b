import * as vscode from 'vscode';

/** More than this helps no model: the first ones are what the others come from. */
const MOST_PROBLEMS = 100;

/** The errors and warnings of the workspace as VS Code lists them now, errors first; empty if there are none. */
export function problemsText(): string {
  const all = vscode.languages.getDiagnostics().flatMap(([uri, diagnostics]) => {
    if (!vscode.workspace.getWorkspaceFolder(uri)) return [];
    const path = vscode.workspace.asRelativePath(uri, false);
    return diagnostics
      .filter(({ severity }) => severity <= vscode.DiagnosticSeverity.Warning)
      .map(({ severity, range, message }) => ({
        severity,
        line: `${path}:${String(range.start.line + 1)} ${message}`,
      }));
  });
  const sorted = all.sort((a, b) => a.severity - b.severity).slice(0, MOST_PROBLEMS);
  return sorted.map(({ severity, line }) => `${names[severity] ?? ''} ${line}`).join('\n');
}

const names: Readonly<Record<number, string>> = {
  [vscode.DiagnosticSeverity.Error]: 'error',
  [vscode.DiagnosticSeverity.Warning]: 'warning',
};
