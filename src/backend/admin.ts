import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { plans } from '../core/plans.ts';
import type { Config } from '../protocol/config.ts';
import { createAdmin, type Admin, type Report } from './createAdmin.ts';
import { databaseUrl } from './app.ts';
import { loadConfig } from './config.ts';
import { dataFolder } from './dataFolder.ts';
import { configuredUpstreams } from './models/configuredUpstreams.ts';
import { testUpstream } from './models/testUpstream.ts';
import { StartRefusal } from './startRefusal.ts';

// The operator's command line, on the same database as the backend, also while that runs.

const program = new Command('tokenfare-admin')
  .description("The operator's command line.")
  .option('--data <dir>', 'where the database is', dataFolder.usual(process.env, process.platform))
  .option('--config <file>', 'configuration in JSON; else config.json in the data folder, if it is there')
  .option('--json', 'machine-readable output');

const planIds = plans.map(({ id }) => id).join(', ');
const accounts = program.command('accounts').description('who has a balance');
accounts
  .command('create')
  .requiredOption('--email <email>')
  .option('--plan <plan>', `${planIds}; given: nobody pays for it, and it can't be refunded`, 'free')
  .action((options: { email: string; plan: string }) => run((admin) => admin.createAccount(options)));
accounts.command('list').action(() => run((admin) => admin.listAccounts()));
accounts
  .command('show')
  .argument('<id>')
  .action((id: string) => run((admin) => admin.showAccount(id)));

accounts
  .command('give')
  .description('a plan that nobody pays for, at once with all its tokens; free takes it back')
  .argument('<id>')
  .argument('<plan>', planIds)
  .action((id: string, plan: string) => run((admin) => admin.givePlan(id, plan)));

accounts
  .command('hold')
  .argument('<id>')
  .action((id: string) => run((admin) => admin.setHold(id, true)));
accounts
  .command('release')
  .argument('<id>')
  .action((id: string) => run((admin) => admin.setHold(id, false)));

const refunds = program.command('refunds').description('money back');
refunds.command('list').action(() => run((admin) => admin.listRefunds()));
refunds
  .command('approve')
  .argument('<id>')
  .action((id: string) => run((admin) => admin.decideRefund(id, true)));
refunds
  .command('deny')
  .argument('<id>')
  .action((id: string) => run((admin) => admin.decideRefund(id, false)));

const keys = program.command('keys').description('what accounts sign in with');
keys
  .command('create')
  .argument('<account>')
  .option('--name <name>', 'what the key is for', 'default')
  .action((account: string, options: { name: string }) => run((admin) => admin.createKey(account, options.name)));
keys
  .command('revoke')
  .argument('<key-id>')
  .action((id: string) => run((admin) => admin.revokeKey(id)));

program
  .command('grants')
  .description('tokens beyond the plan')
  .command('add')
  .argument('<account>')
  .argument('<millitokens>')
  .requiredOption('--reason <text>')
  .action((account: string, amount: string, options: { reason: string }) =>
    run((admin) => admin.addGrant(account, amount, options.reason)),
  );

program
  .command('ledger')
  .description('the books')
  .command('verify')
  .action(() => run((admin) => admin.verifyLedger()));

program
  .command('backup')
  .description('copy the database while it is in use')
  .argument('<file>')
  .action((file: string) => run((admin) => admin.backup(path.resolve(file))));

program
  .command('upstreams')
  .description('the services that models are at')
  .command('test')
  .action(() => report(({ config, dataDir }) => testUpstreams(config, dataDir)));

for (const command of [program, ...program.commands.flatMap((noun) => [noun, ...noun.commands])]) {
  if (command === program) continue;
  command.option('--data <dir>').option('--config <file>').option('--json');
}

await program.parseAsync();

/** Does one thing on the database and says what came of it. */
function run(act: (admin: Admin) => Promise<Report>): Promise<void> {
  return report(async ({ config, dataDir }) => {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const admin = await createAdmin(databaseUrl(config, dataDir));
    return act(admin).finally(() => admin.close());
  });
}

/** Says what came of something; exit code 1 if it was no success. */
async function report(act: (options: { config: Config; dataDir: string }) => Promise<Report>): Promise<void> {
  const { data, config: file, json } = globalOptions();
  try {
    const dataDir = path.resolve(data);
    const config = loadConfig(file ?? dataFolder.configFile(dataDir), process.env);
    const came = await act({ config, dataDir });
    process.stdout.write(`${json ? JSON.stringify(came.value) : came.text}\n`);
    process.exitCode = came.ok ? 0 : 1;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${error instanceof StartRefusal ? message : `It did not work: ${message}.`}\n`);
    process.exitCode = 1;
  }
}

/** Every configured service in turn; it is a success if none of them is broken. */
async function testUpstreams(config: Config, dataDir: string): Promise<Report> {
  const upstreams = configuredUpstreams(config.upstreams, { environment: process.env, dataDir });
  const editors = new Set(config.upstreams.filter(({ apiKeyFrom }) => apiKeyFrom === 'editor').map(({ id }) => id));
  const reports = await Promise.all(upstreams.map((upstream) => testUpstream(upstream, editors.has(upstream.id))));
  await Promise.all(upstreams.map((upstream) => upstream.close()));
  const mark = (ok: boolean | null): string => (ok === null ? 'not tested here' : ok ? 'ok    ' : 'broken');
  const text = reports.map(({ id, ok, message }) => `${mark(ok)}  ${id}: ${message}.`).join('\n');
  const none = 'No upstreams are configured; builder needs none.';
  return { ok: reports.every(({ ok }) => ok !== false), value: { upstreams: reports }, text: text || none };
}

/** `--data`, `--config` and `--json` may stand anywhere. */
function globalOptions(): { data: string; config?: string; json: boolean } {
  const found: Record<string, unknown> = { ...program.opts() };
  for (const command of program.commands.flatMap((noun) => [noun, ...noun.commands]))
    Object.assign(found, command.opts());
  const { data, config, json } = found;
  return {
    data: typeof data === 'string' ? data : '',
    ...(typeof config === 'string' ? { config } : {}),
    json: json === true,
  };
}
