import type { Pipeline } from '@parley/protocol/model'
import { t } from '../../../i18n/t.ts'

/** `Sales › Incoming leads`: a new lead comes into the first stage. */
export function pathOf({ name, stages }: Pipeline): string {
  const stage = stages.find(({ kind }) => kind === 'incoming')?.name
  return stage === undefined ? name : t('sources.path', { pipeline: name, stage })
}
