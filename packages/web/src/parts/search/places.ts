import type { LeadId, MessageHit, PersonHit } from '@parley/protocol/model'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'

/** Where hits lead. */
export interface Places {
  goToPerson: (hit: Pick<PersonHit, 'contactId' | 'chatId'>) => void
  goToLead: (id: LeadId) => void
  goToMessage: (hit: Pick<MessageHit, 'id' | 'kind' | 'chatId' | 'leadId' | 'contactId'>) => void
  goToSearch: (q: string) => void
}

export const personPath = ({ contactId, chatId }: Pick<PersonHit, 'contactId' | 'chatId'>): string =>
  contactId === null ? `/inbox?c=${chatId}` : `/contacts/${contactId}`

export const leadPath = (id: LeadId): string => `/leads/${id}`

/** The message in its conversation, marked; a note that is in none stands on its lead or contact. */
export function messagePath(hit: Pick<MessageHit, 'id' | 'chatId' | 'leadId' | 'contactId'>): string {
  if (hit.chatId !== null) return `/inbox?c=${hit.chatId}&m=${hit.id}`
  return hit.leadId !== null ? leadPath(hit.leadId) : `/contacts/${hit.contactId}`
}

export const searchPath = (q: string): string => `/search?${new URLSearchParams({ q })}`

export function usePlaces(): Places {
  const navigate = useNavigate()
  return useMemo(() => {
    const go = (href: string) => void navigate({ href })
    return {
      goToPerson: (hit) => go(personPath(hit)),
      goToLead: (id) => go(leadPath(id)),
      goToMessage: (hit) => go(messagePath(hit)),
      goToSearch: (q) => go(searchPath(q)),
    }
  }, [navigate])
}
