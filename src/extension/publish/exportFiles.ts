import type { Runner, SiteKind } from '../../core/publishing/siteKind.ts';

/**
 * What an export adds to a project so that it can be hosted anywhere: a README that says how, a Dockerfile, and the
 * configuration of a static server, each fit for what the project is. A file that the project has of that name stays,
 * and ours stands beside it under another name.
 */
export function exportFiles(project: ExportedProject, has: (path: string) => boolean): Record<string, string> {
  const server = project.kind.kind === 'server';
  const name = (usual: string, other: string): string => (has(usual) ? other : usual);
  const names = {
    dockerfile: name('Dockerfile', 'Dockerfile.tokenfare'),
    nginx: name('nginx.conf', 'nginx.tokenfare.conf'),
  };
  const ignore = has('.dockerignore') ? {} : { '.dockerignore': DOCKER_IGNORE };
  return {
    [name('README.md', 'HOSTING.md')]: readme(project, names),
    [names.dockerfile]: dockerfile(project.kind, names.nginx, has),
    ...ignore,
    ...(server ? {} : { [names.nginx]: nginxConfiguration(hasNotFoundPage(project.kind, has)) }),
  };
}

export interface ExportedProject {
  readonly name: string;
  readonly kind: SiteKind;
  /** What stayed behind because secrets belong in it, or because it is a link. */
  readonly leftOut: readonly string[];
}

const DOCKER_IGNORE = `Dockerfile*
.dockerignore
node_modules
.git
.env*
`;

/** Whether the pages have one of their own for what is not there. A build copies what is in \`public\`. */
function hasNotFoundPage(kind: SiteKind, has: (path: string) => boolean): boolean {
  if (kind.kind === 'build') return ['public', ...kind.outputs].some((folder) => has(`${folder}/404.html`));
  return has(kind.kind === 'static' && kind.folder !== '' ? `${kind.folder}/404.html` : '404.html');
}

/**
 * As a published app is served: pages without their ending, folders, and for every other path the app's page for what
 * is not there, else its first page, which then finds its way by itself. Files that begin with a dot are nobody's.
 */
function nginxConfiguration(notFoundPage: boolean): string {
  return lines(
    'server {',
    '  listen 8080;',
    '  root /usr/share/nginx/html;',
    '  index index.html;',
    // Else it would send people to the port inside of the container.
    '  absolute_redirect off;',
    ...(notFoundPage ? ['  error_page 404 /404.html;'] : []),
    '  gzip on;',
    '  gzip_types text/css text/javascript application/javascript application/json image/svg+xml;',
    '  add_header X-Content-Type-Options nosniff always;',
    '  add_header Cache-Control no-cache always;',
    '',
    '  location / {',
    `    try_files $uri $uri.html $uri/ ${notFoundPage ? '=404' : '/index.html'};`,
    '  }',
    '',
    '  location ~ /\\.(?!well-known/) {',
    '    return 404;',
    '  }',
    '}',
  );
}

/** The Node that is supported longest at the time of writing. */
const NODE_IMAGE = 'node:24-alpine';
const NGINX_IMAGE = 'nginx:1-alpine';

function dockerfile(kind: SiteKind, nginx: string, has: (path: string) => boolean): string {
  const install = kind.kind === 'build' || kind.kind === 'server' ? installLines(kind.runner, has) : [];
  if (kind.kind === 'server') {
    const build = kind.build === null ? [] : [`RUN ${kind.runner} run ${kind.build}`];
    const start = `CMD ["${kind.runner}", "run", "${kind.script}"]`;
    const run = ['ENV NODE_ENV=production', 'ENV PORT=3000', 'EXPOSE 3000', start];
    return lines(`FROM ${NODE_IMAGE}`, 'WORKDIR /app', 'COPY . .', ...install, ...build, ...run);
  }
  const serve = [`FROM ${NGINX_IMAGE}`, `COPY ${nginx} /etc/nginx/conf.d/default.conf`];
  const root = '/usr/share/nginx/html';
  if (kind.kind === 'build') {
    const build = [`FROM ${NODE_IMAGE} AS build`, 'WORKDIR /app', 'COPY . .', ...install];
    // Which of them it is, only the build tells.
    const take = '[ -f "$folder/index.html" ] && mv "$folder" /pages && break';
    const look = `for folder in ${kind.outputs.join(' ')}; do ${take}; done`;
    return lines(
      ...build,
      `RUN ${kind.runner} run ${kind.script}`,
      `RUN ${look}; [ -d /pages ]`,
      '',
      ...serve,
      `COPY --from=build /pages ${root}`,
      'EXPOSE 8080',
    );
  }
  const folder = kind.kind === 'static' ? kind.folder : '';
  if (folder !== '') return lines(...serve, `COPY ${folder} ${root}`, 'EXPOSE 8080');
  // What says how it is served is no page.
  return lines(...serve, `COPY . ${root}`, `RUN rm ${root}/${nginx}`, 'EXPOSE 8080');
}

function installLines(runner: Runner, has: (path: string) => boolean): string[] {
  switch (runner) {
    case 'npm':
      return [has('package-lock.json') ? 'RUN npm ci' : 'RUN npm install'];
    case 'yarn':
      // The image has an old one, in the way of any that npm would put there.
      return ['RUN corepack enable', 'RUN yarn install --frozen-lockfile'];
    case 'pnpm':
    case 'bun':
      return [`RUN npm install --global ${runner}`, `RUN ${runner} install --frozen-lockfile`];
  }
}

function readme({ name, kind, leftOut }: ExportedProject, files: { dockerfile: string; nginx: string }): string {
  const file = files.dockerfile === 'Dockerfile' ? '' : ` -f ${files.dockerfile}`;
  const port = kind.kind === 'server' ? '3000:3000' : '8080:8080';
  const docker = ['```sh', `docker build${file} -t app .`, `docker run --rm -p ${port} app`, '```'];
  return lines(
    `# ${name.replace(/[\r\n]+/g, ' ')}`,
    '',
    ...withoutDocker(kind),
    '',
    '## With Docker',
    '',
    ...docker,
    '',
    kind.kind === 'server'
      ? 'Then open http://localhost:3000, or the port that the program listens on.'
      : `Then open http://localhost:8080. How files are served is in \`${files.nginx}\`.`,
    '',
    'Secrets are not part of this export. Give them to the host as environment variables.',
    ...(leftOut.length === 0 ? [] : ['', '## Left out', '', ...leftOut.map((path) => `- \`${path}\``)]),
  );
}

function withoutDocker(kind: SiteKind): string[] {
  switch (kind.kind) {
    case 'build':
      return steps('## Build', kind.runner, [kind.script], `The pages are then in ${oneOf(kind.outputs)}.`);
    case 'server': {
      const scripts = kind.build === null ? [kind.script] : [kind.build, kind.script];
      return steps('## Run', kind.runner, scripts, 'The program answers requests by itself.');
    }
    case 'static':
    case 'none':
      return [
        '## Host',
        '',
        `Copy ${kind.kind === 'static' && kind.folder !== '' ? `\`${kind.folder}/\`` : 'these files'} to any static host.`,
      ];
  }
}

function steps(title: string, runner: Runner, scripts: readonly string[], then: string): string[] {
  return [
    title,
    '',
    '```sh',
    `${runner} install`,
    ...scripts.map((script) => `${runner} run ${script}`),
    '```',
    '',
    then,
  ];
}

/** "`dist`", or "`dist`, `build` or `out`". */
function oneOf(folders: readonly string[]): string {
  const named = folders.map((folder) => `\`${folder}\``);
  const last = named.pop() ?? '';
  return named.length === 0 ? last : `${named.join(', ')} or ${last}`;
}

function lines(...all: string[]): string {
  return `${all.join('\n')}\n`;
}
