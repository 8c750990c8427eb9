import type { LastMessage } from '@parley/protocol/model'
import { t } from '../../i18n/t.ts'
import { playTime } from '../play-time.ts'

/** A caption says more than the kind; without one a file has its name, and what is played has its length. */
export function wordsFor({
  kind,
  text,
  fileName = '',
  durationMs,
}: Pick<LastMessage, 'kind' | 'text' | 'fileName' | 'durationMs'>): string {
  if (text !== '' || kind === 'text') return text
  const hasName = (kind === 'file' || kind === 'audio') && fileName !== ''
  if (hasName) return fileName
  const hasLength = (kind === 'voice' || kind === 'video' || kind === 'audio') && durationMs !== undefined
  const word = t(`kind.${kind}`)
  return hasLength ? t('kind.withName', { kind: word, name: playTime(durationMs) }) : word
}
