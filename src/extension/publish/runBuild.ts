import * as vscode from 'vscode';
import type { SiteKind } from '../../core/publishing/siteKind.ts';

/**
 * Runs a project's build script as a task, whose terminal stays to be read. False if the person stopped it; throws
 * what to do if it failed.
 */
export async function runBuild(
  folder: vscode.Uri,
  { script, runner }: Extract<SiteKind, { kind: 'build' }>,
): Promise<boolean> {
  const scope = vscode.workspace.getWorkspaceFolder(folder) ?? vscode.TaskScope.Workspace;
  const command = new vscode.ShellExecution(runner, ['run', script], { cwd: folder.fsPath });
  const task = new vscode.Task({ type: 'tokenfare.build' }, scope, script, 'Tokenfare', command);
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Silent, panel: vscode.TaskPanelKind.Dedicated };
  const title = vscode.l10n.t('Building: {0}', `${runner} run ${script}`);
  const location = vscode.ProgressLocation.Notification;
  const exitCode = await vscode.window.withProgress({ location, title, cancellable: true }, (_, cancelled) =>
    endOf(task, cancelled),
  );
  if (exitCode === 0 || exitCode === undefined) return exitCode === 0;
  throw new Error(
    vscode.l10n.t('The build ended with {0}, so nothing was published. Its terminal says why.', exitCode),
  );
}

/** The exit code; undefined where it was stopped. */
async function endOf(task: vscode.Task, cancelled: vscode.CancellationToken): Promise<number | undefined> {
  const { promise, resolve } = Promise.withResolvers<number | undefined>();
  const ended = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
    if (execution.task === task || execution.task.name === task.name) resolve(exitCode);
  });
  const execution = await vscode.tasks.executeTask(task);
  const stop = cancelled.onCancellationRequested(() => {
    execution.terminate();
    resolve(undefined);
  });
  try {
    return await promise;
  } finally {
    ended.dispose();
    stop.dispose();
  }
}
