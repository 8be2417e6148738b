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

function objectOf(properties: Record<string, JSONSchema7>, required: string[]): JSONSchema7 {
  return { type: 'object', properties, required, additionalProperties: false };
}
