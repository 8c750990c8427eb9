import type { Namespace } from '../../../i18n/namespaces.ts'

/** What a lead's card is written in. */
export const LEAD_TEXTS: readonly Namespace[] = [
  'card',
  'lead',
  'link',
  'pipeline',
  'task',
  'values',
  'points',
  'inbox',
  'thread',
  'composer',
]
