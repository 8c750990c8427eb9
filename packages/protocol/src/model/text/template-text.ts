/** What a template can name. */
export const TEMPLATE_VARIABLES = [
  'contact.name',
  'contact.first_name',
  'contact.phone',
  'contact.email',
  'lead.id',
  'lead.title',
  'lead.price',
  'lead.stage',
  'lead.responsible',
  'user.name',
  'user.first_name',
  'user.email',
  'account.name',
  'channel.name',
  'date',
  'time',
] as const
export type TemplateVariable = (typeof TEMPLATE_VARIABLES)[number]
export type TemplateValues = Partial<Record<TemplateVariable, string>>

/** `{{contact.name}}`, or with what stands there when it has no value: `{{contact.name|there}}`. */
const MARKER = /\{\{\s*([a-z_]+(?:\.[a-z0-9_]+)*)\s*(?:\|([^{}]*))?\}\}/g

/** A piece of a template's text: words, or a marker and what it came to. */
export type TemplatePiece =
  | { kind: 'words'; text: string }
  /** `value` undefined: there is none, and no fallback. */
  | { kind: 'marker'; marker: string; variable: string; value: string | undefined; isFallback: boolean }

/** A value that holds a marker itself stays as it is. */
export function readTemplate(text: string, values: TemplateValues): TemplatePiece[] {
  const pieces: TemplatePiece[] = []
  let end = 0
  for (const match of text.matchAll(MARKER)) {
    const [marker, variable = '', fallback] = match
    if (match.index > end) pieces.push({ kind: 'words', text: text.slice(end, match.index) })
    const known = givenValue(values, variable)
    pieces.push({
      kind: 'marker',
      marker,
      variable,
      value: known ?? fallback?.trim(),
      isFallback: known === undefined && fallback !== undefined,
    })
    end = match.index + marker.length
  }
  if (end < text.length) pieces.push({ kind: 'words', text: text.slice(end) })
  return pieces
}

/** Only what was given: every object has a `constructor`, too. */
function givenValue(values: TemplateValues, variable: string): string | undefined {
  if (!Object.hasOwn(values, variable)) return undefined
  return values[variable as TemplateVariable]?.trim() || undefined
}

export interface FilledText {
  text: string
  /** Every marker once, with what was put in its place. */
  params: { key: string; value: string }[]
  /** Markers without a value: they still stand in the text. */
  missing: string[]
}

export function fillTemplate(text: string, values: TemplateValues): FilledText {
  const params = new Map<string, string>()
  const missing = new Set<string>()
  const filled = readTemplate(text, values).map((piece) => {
    if (piece.kind === 'words') return piece.text
    if (piece.value === undefined) missing.add(piece.marker)
    else params.set(piece.marker, piece.value)
    return piece.value ?? piece.marker
  })
  return {
    text: filled.join(''),
    params: [...params].map(([key, value]) => ({ key, value })),
    missing: [...missing],
  }
}

/** The text a template came to, made again of what a message tells of it. */
export function refillTemplate(content: string, params: readonly { key: string; value: string }[]): string {
  const values = new Map(params.map(({ key, value }) => [key, value]))
  return content.replace(MARKER, (marker) => values.get(marker) ?? marker)
}

/** Markers that still stand in a text somebody is about to send. */
export const findMarkers = (text: string): string[] => [
  ...new Set([...text.matchAll(MARKER)].map(([marker]) => marker)),
]

/** What the values are taken from; a structure that the app API's shapes have. */
export interface TemplateContext {
  client: { name: string; phone: string | null; email: string | null }
  channelTitle: string
  lead: {
    id: number
    title: string
    price: number
    stage: { name: string }
    responsible: { name: string } | null
    contact: { name: string; phone: string | null; email: string | null } | null
  } | null
  user: { name: string; email: string }
  account: { name: string; timeZone: string; currency: string }
  /** Milliseconds since 1970. */
  now: number
  /** Of dates and sums, e.g. `en`. */
  language: string
}

/** What is not known is absent. */
export function templateValues(context: TemplateContext): TemplateValues {
  const { client, lead, user, account, now, language } = context
  const name = lead?.contact?.name || client.name
  const { timeZone } = account
  return withoutEmpty({
    'contact.name': name,
    'contact.first_name': firstName(name),
    'contact.phone': lead?.contact?.phone ?? client.phone,
    'contact.email': lead?.contact?.email ?? client.email,
    'lead.id': lead && String(lead.id),
    'lead.title': lead?.title,
    'lead.price': lead && lead.price > 0 ? money(lead.price, account.currency, language) : null,
    'lead.stage': lead?.stage.name,
    'lead.responsible': lead?.responsible?.name,
    'user.name': user.name,
    'user.first_name': firstName(user.name),
    'user.email': user.email,
    'account.name': account.name,
    'channel.name': context.channelTitle,
    date: new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }).format(now),
    time: new Intl.DateTimeFormat(language, { timeStyle: 'short', timeZone }).format(now),
  })
}

/** A number or a nickname is not shortened. */
const firstName = (name: string): string => (/^\p{L}/u.test(name) ? (name.trim().split(/\s+/, 1)[0] ?? '') : name)

const money = (amount: number, currency: string, language: string): string =>
  new Intl.NumberFormat(language, { style: 'currency', currency, maximumFractionDigits: 0 }).format(amount)

function withoutEmpty(values: Record<TemplateVariable, string | null | undefined>): TemplateValues {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1]?.trim())),
  )
}
