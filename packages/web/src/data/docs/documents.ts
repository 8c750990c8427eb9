import { queryOptions } from '@tanstack/react-query'
import { NoAnswer, readRefusal } from '../api.ts'
import { keys } from '../query-keys.ts'
import type { ApiDocument } from './openapi.ts'

/** The two APIs, by the word for each in addresses. */
export type Book = 'chats' | 'app'

const ADDRESSES: Record<Book, string> = { chats: '/api/chats/openapi.json', app: '/api/app/v1/openapi.json' }

/** What this very server says of itself, so the reference is never of another version. */
export const documentQuery = (book: Book) =>
  queryOptions({ queryKey: keys.document(book), queryFn: ({ signal }) => readDocument(book, signal) })

async function readDocument(book: Book, signal: AbortSignal): Promise<ApiDocument> {
  const answer = await fetch(ADDRESSES[book], { signal, headers: { accept: 'application/json' } }).catch((cause) => {
    throw signal.aborted ? cause : new NoAnswer('no answer', { cause })
  })
  const text = await answer.text()
  if (!answer.ok) throw readRefusal(answer.status, text, answer.headers.get('x-request-id'))
  return JSON.parse(text) as ApiDocument
}
