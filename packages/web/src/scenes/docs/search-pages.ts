import type { Nodes } from 'mdast'
import type { ApiDocument, Operation, Schema } from '../../data/docs/openapi.ts'
import { readGuide } from './guides.ts'
import { parseMarkdown } from './markdown/parse-markdown.ts'
import type { Page, Reference } from './reference.ts'
import { nameOf } from './schema/describe-schema.ts'

/** What is looked through of a page. */
interface Entry {
  page: Page
  /** Its title and address: a word found here counts more. */
  head: string
  text: string
}

export interface Found {
  page: Page
  /** Where the text has it, with some words around; absent when the head has it. */
  snippet?: string
}

export type SearchIndex = readonly Entry[]

/** All words of all pages; guides are read for it. */
export async function makeIndex(reference: Reference): Promise<SearchIndex> {
  const { chats, app } = reference.documents
  return Promise.all(
    [...reference.pages.values()].map(async (page) => ({ page, head: headOf(page), text: await textOf(page) })),
  )

  async function textOf(page: Page): Promise<string> {
    if (page.kind === 'guide') return wordsIn(parseMarkdown(await readGuide(page.guide)))
    if (page.kind === 'errors') return wordsOf(chats['x-errors'])
    if (page.kind === 'api') return reference.documents[page.book].info.description
    const document = page.kind === 'operation' && page.book === 'app' ? app : chats
    return operationText(page.operation, document)
  }
}

/** Without what only marks them. */
function wordsIn(node: Nodes): string {
  if ('children' in node) return node.children.map(wordsIn).join(node.type === 'paragraph' ? '' : ' ')
  return 'value' in node ? node.value : ''
}

function headOf(page: Page): string {
  if (page.kind === 'operation') return `${page.title} ${page.method} ${page.path} ${page.operation.operationId}`
  return page.kind === 'hook' ? `${page.title} ${page.operation.operationId} hook webhook` : page.title
}

/** How far into the shapes of a page is looked: its bodies, and what these hold. */
const DEEPEST = 2

function operationText(operation: Operation, document: ApiDocument): string {
  const seen = new Set<string>()
  const collect = (part: unknown, depth: number): string => {
    const names = [...JSON.stringify(part).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name!,
    )
    const fresh = names.filter((name) => !seen.has(name))
    for (const name of fresh) seen.add(name)
    const inner = depth < DEEPEST ? fresh.map((name) => collect(schemaNamed(name, document), depth + 1)) : []
    return [wordsOf(part), ...inner].join(' ')
  }
  const { summary, description, parameters, requestBody, responses } = operation
  const given = Object.values(requestBody?.content ?? {}).map(({ schema }) => schema)
  const answered = Object.values(responses).flatMap(({ content }) =>
    Object.values(content ?? {}).map(({ schema }) => schema),
  )
  return collect([summary, description, parameters, given, answered].filter(Boolean), 0)
}

const schemaNamed = (name: string, document: ApiDocument): Schema => document.components.schemas[name] ?? {}

/** Names of fields, what is said of them, and values that are listed. */
function wordsOf(part: unknown): string {
  if (typeof part === 'string') return part
  if (Array.isArray(part)) return part.map(wordsOf).join(' ')
  if (part === null || typeof part !== 'object') return ''
  const name = nameOf(part as Schema) ?? ''
  return `${name} ${Object.entries(part)
    .filter(([key]) => !SILENT.has(key))
    .map(([key, value]) => (STRUCTURE.has(key) ? wordsOf(value) : `${key} ${wordsOf(value)}`))
    .join(' ')}`
}

const SILENT = new Set(['$ref', 'type', 'required', 'in', 'format', 'pattern'])
const STRUCTURE = new Set([
  'properties',
  'description',
  'schema',
  'items',
  'oneOf',
  'anyOf',
  'allOf',
  'enum',
  'const',
  'name',
])

/** Pages that have every word, those first whose head has them all. */
export function searchPages(index: SearchIndex, query: string): Found[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const inHead: Found[] = []
  const inText: Found[] = []
  for (const { page, head, text } of index) {
    const [title, body] = [head.toLowerCase(), text.toLowerCase()]
    if (words.every((word) => title.includes(word))) inHead.push({ page })
    else if (words.every((word) => title.includes(word) || body.includes(word)))
      inText.push({ page, snippet: snippetAt(text, body.indexOf(words.find((word) => body.includes(word))!)) })
  }
  return [...inHead, ...inText]
}

const BEFORE = 24
const AFTER = 72

function snippetAt(text: string, at: number): string {
  const start = Math.max(0, at - BEFORE)
  const cut = text
    .slice(start, at + AFTER)
    .replaceAll(/\s+/g, ' ')
    .trim()
  return `${start > 0 ? '…' : ''}${cut}…`
}
