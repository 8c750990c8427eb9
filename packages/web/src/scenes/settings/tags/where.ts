import type { TagUse } from '@parley/protocol/model'
import { t } from '../../../i18n/t.ts'

/** `3 leads, 1 contact`; `nowhere`; empty until it is counted. */
export function sayWhere(use: TagUse | undefined): string {
  if (!use) return ''
  const parts = [
    ...(use.leads > 0 ? [t('tags.leads', { count: use.leads })] : []),
    ...(use.contacts > 0 ? [t('tags.contacts', { count: use.contacts })] : []),
  ]
  return parts.length === 0 ? t('tags.unused') : parts.join(', ')
}
