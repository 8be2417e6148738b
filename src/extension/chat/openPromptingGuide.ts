import { commands, Uri } from 'vscode';

/** Opens the guide that ships with the extension, as people read it. */
export async function openPromptingGuide(extension: Uri): Promise<void> {
  await commands.executeCommand('markdown.showPreview', Uri.joinPath(extension, 'docs', 'prompting-guide.md'));
}
