import type { Book } from '../../data/docs/documents.ts'
import { type ApiDocument, METHODS, type Method, type Operation } from '../../data/docs/openapi.ts'
import { GUIDES, type Guide } from './guides.ts'

/** Both APIs, as this server describes them. */
export type Documents = Readonly<Record<Book, ApiDocument>>

export interface OperationPage {
  kind: 'operation'
  book: Book
  slug: string
  title: string
  method: Method
  /** From the server's root. */
  path: string
  operation: Operation
}

/** A page of the reference; `slug` is its address below `/docs/`. */
export type Page =
  | { kind: 'guide'; slug: string; title: string; guide: Guide }
  | { kind: 'api'; slug: Book; title: string; book: Book }
  | OperationPage
  | { kind: 'hook'; slug: string; title: string; operation: Operation }
  | { kind: 'errors'; slug: 'errors'; title: string }

export interface Area {
  name: string
  description: string
  pages: readonly OperationPage[]
}

export interface Reference {
  documents: Documents
  areas: Readonly<Record<Book, readonly Area[]>>
  pages: ReadonlyMap<string, Page>
}

const HOOK_TITLES: Readonly<Record<string, string>> = {
  messageHookV2: 'Message, version 2',
  messageHookV1: 'Message, version 1 (2017)',
  typingHook: 'Typing',
  reactionHook: 'Reaction',
}

/** Everything there is to read, by address. */
export function makeReference(documents: Documents): Reference {
  const areas = { chats: areasOf('chats', documents.chats), app: areasOf('app', documents.app) }
  const pages: Page[] = [
    ...GUIDES.map((guide): Page => ({ kind: 'guide', slug: `guides/${guide.id}`, title: guide.title, guide })),
    { kind: 'api', slug: 'chats', title: 'Chats API', book: 'chats' },
    ...areas.chats.flatMap((area) => area.pages),
    ...Object.entries(documents.chats.webhooks ?? {}).map(
      ([name, { post }]): Page => ({
        kind: 'hook',
        slug: `hooks/${name}`,
        title: HOOK_TITLES[name] ?? name,
        operation: post,
      }),
    ),
    { kind: 'errors', slug: 'errors', title: 'Errors' },
    { kind: 'api', slug: 'app', title: 'App API', book: 'app' },
    ...areas.app.flatMap((area) => area.pages),
  ]
  return { documents, areas, pages: new Map(pages.map((page) => [page.slug, page])) }
}

function areasOf(book: Book, document: ApiDocument): Area[] {
  const pages = Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method): OperationPage[] => {
      const operation = item[method]
      if (!operation) return []
      const base = (item.servers ?? document.servers)[0]!.url
      const whole = base === '/' ? path : base + path
      const { operationId, summary } = operation
      const title = summary.split(/\.(?:\s|$)/, 1)[0]!
      return [{ kind: 'operation', book, slug: `${book}/${operationId}`, title, method, path: whole, operation }]
    }),
  )
  return document.tags
    .map(({ name, description }) => ({
      name,
      description,
      pages: pages.filter(({ operation }) => operation.tags.includes(name)),
    }))
    .filter((area) => area.pages.length > 0)
}
