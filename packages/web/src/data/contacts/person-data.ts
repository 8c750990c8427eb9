import type { ContactId } from '@parley/protocol/model'
import { BASE, NoAnswer, readRefusal, request } from '../api.ts'

/** Everything that is kept about a person, as a file. @throws {ApiRefusal} @throws {NoAnswer} */
export async function exportPerson(id: ContactId): Promise<Blob> {
  const answer = await fetch(`${BASE}/contacts/${id}/export`, { credentials: 'same-origin' }).catch(
    (cause: unknown) => {
      throw new NoAnswer('no answer', { cause })
    },
  )
  if (answer.ok) return answer.blob()
  throw readRefusal(answer.status, await answer.text(), answer.headers.get('x-request-id'))
}

export const erasePerson = (id: ContactId, name: string) => request<void>('POST', `/contacts/${id}/erase`, { name })
