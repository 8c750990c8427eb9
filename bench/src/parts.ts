const PARTS = [
  'ingest',
  'import',
  'deliveries',
  'fairness',
  'stream',
  'hooks',
  'history',
  'inbox',
  'thread',
  'screens',
  'search',
] as const
export type Part = (typeof PARTS)[number]

/** Its message is for whoever asked. */
export class UnknownPart extends Error {}

const ONLY = '--only='

/**
 * `--only=ingest,search`: those parts; without it, all.
 *
 * @throws {UnknownPart} naming what there is, when one is asked for that there is not
 */
export function readParts(args: readonly string[]): ReadonlySet<Part> {
  const only = args.find((argument) => argument.startsWith(ONLY))?.slice(ONLY.length)
  if (only === undefined) return new Set(PARTS)
  const names = only.split(',').map((name) => name.trim())
  const unknown = names.filter((name) => !isPart(name))
  if (unknown.length > 0)
    throw new UnknownPart(`There is no part "${unknown.join('", "')}". There are: ${PARTS.join(', ')}.`)
  return new Set(names.filter(isPart))
}

const isPart = (name: string): name is Part => (PARTS as readonly string[]).includes(name)
