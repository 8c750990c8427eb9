import type { ContactId } from '../ids.ts'

export interface Contact {
  id: ContactId
  name: string
  phone: string | null
  email: string | null
}
