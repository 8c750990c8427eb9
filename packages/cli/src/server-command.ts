import { type Command, CommanderError, InvalidArgumentError } from 'commander'
import { type AdminClient, CliError, openAdminClient, type ServerOptions } from './admin-client.ts'

export interface CommonOptions extends ServerOptions {
  json?: true
}

/** `parley <noun>`: with `--json`, a wrong command line is told as JSON, too. */
export function addNoun(program: Command, name: string, description: string): Command {
  const noun = program.command(name).description(description)
  return noun.configureOutput({
    outputError(text, write) {
      if (wantsJson(noun)) printError('invalid_request', text.trim().replace(/^error: /, ''))
      else write(text)
    },
  })
}

/** `parley <noun> <verb>`, a command that talks to the running server. */
export function addVerb(noun: Command, name: string, description: string): Command {
  return noun
    .command(name)
    .description(description)
    .option('--json', 'print one JSON object, errors too')
    .option('--url <address>', 'where the server is (else PARLEY_URL, or PARLEY_HOST and PARLEY_PORT)')
    .option('--admin-token <token>', 'else PARLEY_ADMIN_TOKEN, or admin-token in the data directory')
}

/**
 * Asks the server and prints what it answers: whole as JSON, or in words.
 * @throws {CommanderError} exit code 1, when it has printed what was wrong
 */
export async function answer<Answer>(
  options: CommonOptions,
  ask: (server: AdminClient) => Promise<Answer>,
  describe: (answer: Answer) => string,
): Promise<void> {
  await answerHere(options, () => ask(openAdminClient(options)), describe)
}

/**
 * The same for what asks no server. Answers what was found.
 * @throws {CommanderError} exit code 1, when it has printed what was wrong
 */
export async function answerHere<Answer>(
  options: Pick<CommonOptions, 'json'>,
  find: () => Promise<Answer>,
  describe: (answer: Answer) => string,
): Promise<Answer> {
  try {
    const found = await find()
    process.stdout.write(`${options.json ? JSON.stringify(found) : describe(found)}\n`)
    return found
  } catch (error) {
    if (!(error instanceof CliError)) throw error
    if (options.json) printError(error.code, error.message)
    else process.stderr.write(`${error.message}\n`)
    throw new CommanderError(1, 'parley.refused', error.message)
  }
}

export function toNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It must be a number.')
  return Number(text)
}

export function toNumbers(text: string): number[] {
  return toWords(text).map(toNumber)
}

/** `a,b` */
export function toWords(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
}

/** Labels in one column, values in the next. */
export function table(rows: readonly (readonly [label: string, value: unknown])[]): string {
  const width = Math.max(...rows.map(([label]) => label.length)) + 2
  return rows.map(([label, value]) => `  ${label.padEnd(width)}${String(value)}`).join('\n')
}

function printError(code: string, message: string): void {
  process.stdout.write(`${JSON.stringify({ error: { code, message } })}\n`)
}

/** Asked of the words as they were given: a line that is wrong early has not been read to its end. */
function wantsJson(command: Command): boolean {
  let root = command
  while (root.parent) root = root.parent
  return (root as Command & { rawArgs: readonly string[] }).rawArgs.includes('--json')
}
