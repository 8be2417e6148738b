import type { JSONSchema7 } from 'ai';

/** The tools that a model may call: names and arguments are fixed, other programs rely on them. */
export const toolDefinitions = {
  read_file: {
    description: 'Reads a text file of the workspace. Long files are cut; the answer says so.',
    parameters: objectOf({ path: text('Path relative to the workspace folder, with /.') }, ['path']),
    writes: false,
  },
  list_files: {
    description: 'Lists the files of the workspace, or of one of its folders.',
    parameters: objectOf({ path: text('Folder relative to the workspace folder. Leave out for all files.') }, []),
    writes: false,
  },
  search: {
    description: 'Finds the lines that contain a text, in any case, in the files of the workspace.',
    parameters: objectOf(
      {
        text: text('The text to find; not a pattern.'),
        path: text('Folder relative to the workspace folder. Leave out for all files.'),
      },
      ['text'],
    ),
    writes: false,
  },
  problems: {
    description: 'Lists the errors and warnings that the editor shows in the workspace.',
    parameters: objectOf({}, []),
    writes: false,
  },
  write_file: {
    description: 'Creates a file, or replaces the whole content of one. Folders are created as needed.',
    parameters: objectOf(
      { path: text('Path relative to the workspace folder, with /.'), content: text('The whole new content.') },
      ['path', 'content'],
    ),
    writes: true,
  },
  edit_file: {
    description:
      'Replaces one piece of a file. `find` must be an exact copy of text that occurs exactly once in the file; ' +
      'take along enough lines around the change to make it unique.',
    parameters: objectOf(
      {
        path: text('Path relative to the workspace folder, with /.'),
        find: text('The exact text to replace.'),
        replace: text('What stands there afterwards.'),
      },
      ['path', 'find', 'replace'],
    ),
    writes: true,
  },
  delete_file: {
    description: 'Deletes one file. It can be rolled back.',
    parameters: objectOf({ path: text('Path relative to the workspace folder, with /.') }, ['path']),
    writes: true,
  },
  rename_file: {
    description: 'Renames or moves one file. Nothing may stand at the new path.',
    parameters: objectOf({ path: text('The path now.'), to: text('The path afterwards.') }, ['path', 'to']),
    writes: true,
  },
  run_command: {
    description:
      'Runs a command in the shell, in the workspace folder, and answers its exit code and output. The person is asked ' +
      'first. It has no input, and what it leaves running is ended with it. Change files with the other tools: what a ' +
      'command changes cannot be rolled back.',
    parameters: objectOf({ command: text('The command.'), seconds: number('When to give up; 120 at first.') }, [
      'command',
    ]),
    writes: true,
  },
  run_task: {
    description:
      'Runs a task of the workspace, such as a build or tests, and answers its exit code. The person is asked first. An ' +
      'unknown name is answered with the names there are.',
    parameters: objectOf({ name: text('The name of the task.'), seconds: number('When to give up; 120 at first.') }, [
      'name',
    ]),
    writes: true,
  },
} satisfies Record<string, { description: string; parameters: JSONSchema7; writes: boolean }>;

export type ToolName = keyof typeof toolDefinitions;

/** The tools of a mode: Ask never writes, and neither does a restricted workspace. */
export function toolsFor(mayWrite: boolean): ToolName[] {
  const names = Object.keys(toolDefinitions) as ToolName[];
  return names.filter((name) => mayWrite || !toolDefinitions[name].writes);
}

export function isWritingTool(name: string): boolean {
  return isToolName(name) && toolDefinitions[name].writes;
}

export function isToolName(name: string): name is ToolName {
  return Object.hasOwn(toolDefinitions, name);
}

function text(description: string): JSONSchema7 {
  return { type: 'string', description };
}

function number(description: string): JSONSchema7 {
  return { type: 'number', description };
}

function objectOf(properties: Record<string, JSONSchema7>, required: string[]): JSONSchema7 {
  return { type: 'object', properties, required, additionalProperties: false };
}
