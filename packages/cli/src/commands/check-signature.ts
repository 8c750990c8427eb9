import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import type { SignatureCheck, SignatureMistake, SignedPart } from '@parley/protocol/model'
import { type Command, CommanderError, InvalidArgumentError, Option } from 'commander'
// The screens' own sentences: there is one place where they are written.
import { lab } from '../../../web/src/i18n/en/lab.json' with { type: 'json' }
import { CliError } from '../admin-client.ts'
import { answerHere, table } from '../server-command.ts'

interface Options {
  secret?: string
  scope?: string
  legacySignature: 'none' | 'core' | 'all'
  at?: Date
  json?: true
}

const CHANNEL_PATH = '/v2/origin/custom/'

/** The signature lab at one's own machine: asks no server, and needs no admin token. */
export function addCheckSignature(noun: Command): void {
  noun
    .command('check-signature')
    .description('Says what is wrong with how a request is signed: the signature lab, here. Nothing is sent anywhere.')
    .argument('[file]', 'a curl command, raw HTTP, or headers and body; else what comes on standard input')
    .addOption(
      new Option(
        '--secret <secret>',
        "the channel's; better in the variable, where others on the machine cannot see it",
      ).env('PARLEY_CHANNEL_SECRET'),
    )
    .option('--scope <id>', "the connection's scope id, where the request does not name it")
    .addOption(
      new Option('--legacy-signature <where>', 'where the channel may sign as in 2017')
        .choices(['none', 'core', 'all'])
        .default('core'),
    )
    .option('--at <time>', 'when the request came, where that is not now: 2026-03-03T10:15:30Z', toTime)
    .option('--json', 'print one JSON object, errors too')
    .action(async (file: string | undefined, options: Options) => {
      const { isRight } = await answerHere(options, async () => check(await read(file), options), describe)
      // As `diff` and `grep` do it: who asks in a script asks whether.
      if (!isRight) throw new CommanderError(1, 'parley.signature', 'the signature is wrong')
    })
}

function toTime(given: string): Date {
  const at = new Date(given)
  if (Number.isNaN(at.getTime())) throw new InvalidArgumentError('Write it like 2026-03-03T10:15:30Z.')
  return at
}

async function read(file: string | undefined): Promise<string> {
  if (file === undefined || file === '-') {
    if (process.stdin.isTTY) process.stderr.write('Paste the request, then press Ctrl+D on a line of its own.\n')
    return text(process.stdin)
  }
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new CliError('invalid_request', `${file} cannot be read: ${(cause as Error).message}`, { cause })
  }
}

/** @throws {CliError} no secret, or no request */
async function check(pasted: string, { secret, scope, legacySignature, at }: Options): Promise<SignatureCheck> {
  // Only here: no other command should start slower for it.
  const { checkSignature, readPasted } = await import('@parley/protocol/lab')
  if (!secret)
    throw new CliError('invalid_request', 'No secret: set PARLEY_CHANNEL_SECRET, or give --secret. It is sent nowhere.')
  const known = readPasted(pasted, CHANNEL_PATH + (scope ?? 'SCOPE_ID'))
  if (!known.ok) throw new CliError('invalid_request', known.message)
  const { request } = known
  const named = request.target.startsWith(CHANNEL_PATH)
    ? request.target.slice(CHANNEL_PATH.length).split(/[/?]/)[0]
    : ''
  const scopeId = scope ?? named ?? ''
  const [channelId = '', amojoId = ''] = scopeId.split('_')
  const now = new Date()
  return checkSignature(request, {
    secret,
    otherSecrets: [],
    legacy: legacySignature,
    ids: { channelId, scopeId, amojoId },
    origins: [],
    at: at ?? now,
    now,
  })
}

const PARTS: Record<SignedPart, string> = {
  method: lab.part.method,
  contentMd5: 'Content-MD5',
  contentType: 'Content-Type',
  date: 'Date',
  path: lab.part.path,
}

function describe(found: SignatureCheck): string {
  const [first, ...others] = found.mistakes
  return [
    ...(first ? describeFirst(first, found.scheme !== null) : describeRight(found)),
    ...(others.length === 0 ? [] : ['', `${lab.besides}:`, ...others.map((one) => `  - ${words(one).join('. ')}`)]),
    ...(found.request.notes.length === 0 ? [] : ['', ...found.request.notes.map((note) => `  ${lab.note[note]}`)]),
    '',
    `${lab.lines}:`,
    ...describeLines(found),
    '',
    `${lab.values}:`,
    table([
      [lab.digest, found.digest.expected],
      ['', found.digest.given === null ? lab.missing : `${found.digest.given}  (${lab.given.toLowerCase()})`],
      ['X-Signature', found.signature.given ?? lab.missing],
      ...(found.signature.expected === null ? [] : [['', `${found.signature.expected}  (expected)`] as const]),
    ]),
    ...(found.refusal === null ? [] : ['', `${lab.refusal}: ${found.refusal}`]),
  ].join('\n')
}

function describeRight({ scheme }: SignatureCheck): string[] {
  return [`${lab.right}. ${scheme === null ? '' : lab.rightBy[scheme]}`.trim()]
}

function describeFirst(mistake: SignatureMistake, isMade: boolean): string[] {
  const [title, cure] = words(mistake)
  const sureness = mistake.isCertain ? (isMade ? `${lab.certain}: ${lab.certainHint}` : lab.certain) : lab.likely
  return [`${title}. (${sureness}.)`, `  ${cure}`]
}

/** What was signed stands below what must be, where it is something else. */
function describeLines({ lines }: SignatureCheck): string[] {
  const shown = (line: string | null) => (line === '' ? lab.emptyLine : (line ?? lab.notSigned))
  const isKnown = lines.some(({ signed }) => signed !== null)
  const rows = lines.flatMap(({ part, expected, signed }) => {
    const row = [PARTS[part], shown(expected)] as const
    return isKnown && signed !== expected
      ? [row, ['', `${shown(signed)}  (${lab.signed.toLowerCase()})`] as const]
      : [row]
  })
  return [table(rows), ...(isKnown ? [] : [`  ${lab.signedUnknown}`])]
}

function words({ kind, value, seconds }: SignatureMistake): [title: string, cure: string] {
  const { title, cure } = lab.mistakes[kind]
  const fill = (sentence: string) =>
    sentence.replaceAll('{{value}}', value ?? '').replaceAll('{{duration}}', duration(seconds ?? 0))
  return [fill(title), fill(cure)]
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const

function duration(seconds: number): string {
  const [unit, size] = UNITS.find((one) => seconds >= one[1]) ?? UNITS[3]
  return new Intl.NumberFormat('en', { style: 'unit', unit, unitDisplay: 'long' }).format(Math.round(seconds / size))
}
