import { t } from '../../i18n/t.ts'
import { reasonOf } from '../../parts/Notice.tsx'
import { DoorAlert } from './DoorFrame.tsx'
import type { Refusal } from './use-login.ts'

interface Props {
  refusal: Refusal | undefined
  /** What *wrong* is about. */
  wrong: string
  secondsLeft: number
}

/** Why it did not open. */
export function RefusalLine({ refusal, wrong, secondsLeft }: Props) {
  const text = refusal && describe(refusal, wrong, secondsLeft)
  return text ? <DoorAlert>{text}</DoorAlert> : null
}

function describe(refusal: Refusal, wrong: string, secondsLeft: number): string | undefined {
  switch (refusal.kind) {
    case 'wrong':
      return wrong
    case 'expired':
      return t('login.expired')
    case 'no_passkey':
      return t('login.noPasskey')
    case 'too_many':
      return secondsLeft > 0 ? t('login.tooMany', { count: secondsLeft }) : undefined
    case 'failed':
      return refusal.error instanceof Error && refusal.error.name === 'NoAnswer'
        ? t('login.noConnection')
        : `${reasonOf(refusal.error)}.`
  }
}
