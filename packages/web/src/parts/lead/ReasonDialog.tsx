import type { Lead, LossReasonId } from '@parley/protocol/model'
import { useEffect, useRef } from 'react'
import { useLossReasons } from '../../data/board/board-queries.ts'
import type { Move } from '../../data/board/decide.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../Button.tsx'
import { Dialog } from '../Dialog.tsx'
import { ProblemLine } from '../Notice.tsx'
import { SkeletonRows } from '../SkeletonRows.tsx'

interface Props {
  lead: Lead
  move: Move
  onAnswer: (move: Move) => void
  onClose: () => void
}

/** Why a lead was lost: one press. Esc leaves it where it was. */
export function ReasonDialog({ lead, move, onAnswer, onClose }: Props) {
  const reasons = useLossReasons()
  const first = useRef<HTMLButtonElement>(null)
  // They come after the dialog.
  useEffect(() => {
    if (reasons.data) first.current?.focus()
  }, [reasons.data])
  function answer(lossReasonId: LossReasonId | null) {
    onClose()
    onAnswer({ ...move, patch: { ...move.patch, lossReasonId } })
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('lead.whyLost')}
      description={<bdi>{lead.title}</bdi>}
      footer={<Button onClick={() => answer(null)}>{t('lead.noReason')}</Button>}
    >
      {reasons.isPending && <SkeletonRows count={4} height={36} />}
      {reasons.isError && <ProblemLine title={t('lead.reasonsFailed')} onRetry={() => void reasons.refetch()} />}
      <ul className="-mx-2 flex flex-col">
        {reasons.data?.items.map(({ id, name }, index) => (
          <li key={id}>
            <button
              ref={index === 0 ? first : undefined}
              type="button"
              onClick={() => answer(id)}
              className="flex min-h-9 w-full items-center rounded-md px-2 text-start hover:bg-hover pointer-coarse:min-h-11"
            >
              <bdi>{name}</bdi>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
