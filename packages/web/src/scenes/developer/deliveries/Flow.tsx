import type { ChannelId } from '@parley/protocol/model'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Pause, Play, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { flowQuery, pauseChannel, replaySince, resumeChannel } from '../../../data/developer/deliveries.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { DateTimeField } from '../../../parts/DateTimeField.tsx'
import { Dialog } from '../../../parts/Dialog.tsx'
import { format } from '../../../parts/format.ts'
import { reasonOf } from '../../../parts/Notice.tsx'
import { toast } from '../../../parts/toast.ts'
import { toTime } from '../log/log-format.ts'

interface Props {
  channelId: ChannelId
  onChanged: () => void
}

/** Whether hooks go out; and all of some time once more. */
export function Flow({ channelId, onChanged }: Props) {
  const { data: flow } = useQuery(flowQuery(channelId))
  const [isAsking, setAsking] = useState(false)
  const turn = useMutation({
    mutationFn: () => (flow?.state === 'on' ? pauseChannel(channelId) : resumeChannel(channelId)),
    onSuccess: onChanged,
    onError: (error) => toast({ tone: 'bad', text: t('deliveries.notTurned', { reason: reasonOf(error) }) }),
  })
  const isOn = !flow || flow.state === 'on'
  return (
    <>
      {flow && flow.state !== 'on' && (
        <p role="status" className="order-last w-full text-warn">
          {t(SAID[flow.state], { since: flow.since === null ? '' : format.moment(flow.since, Date.now()) })}{' '}
          {t('deliveries.waiting', { count: flow.waiting })}
          {flow.state === 'held' && ` ${t('health.askOperator')}`}
        </p>
      )}
      <Button onClick={() => setAsking(true)}>
        <RotateCcw size={15} aria-hidden="true" />
        {t('deliveries.recover')}
      </Button>
      {flow?.state !== 'held' && (
        <Button look={isOn ? 'outline' : 'primary'} disabled={!flow || turn.isPending} onClick={() => turn.mutate()}>
          {isOn ? <Pause size={15} aria-hidden="true" /> : <Play size={15} aria-hidden="true" />}
          {t(isOn ? 'deliveries.pause' : flow.state === 'paused' ? 'deliveries.resume' : 'deliveries.switchOn')}
        </Button>
      )}
      <Recover channelId={channelId} isOpen={isAsking} onClose={() => setAsking(false)} onChanged={onChanged} />
    </>
  )
}

const SAID = {
  paused: 'deliveries.paused',
  held: 'deliveries.held',
  switched_off: 'deliveries.switchedOff',
} as const

function Recover({ channelId, isOpen, onClose, onChanged }: Props & { isOpen: boolean; onClose: () => void }) {
  const [since, setSince] = useState('')
  const time = toTime(since)
  const recover = useMutation({
    mutationFn: (from: number) => replaySince(channelId, { since: from }),
    onSuccess({ replayed }) {
      toast({ tone: 'ok', text: t('deliveries.recovered', { count: replayed }) })
      onClose()
      onChanged()
    },
  })
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('deliveries.recover')}
      footer={
        <>
          <Button onClick={onClose}>{t('deliveries.cancel')}</Button>
          <Button
            look="primary"
            disabled={time === undefined || recover.isPending}
            onClick={() => time !== undefined && recover.mutate(time)}
          >
            {t('deliveries.sendAgain')}
          </Button>
        </>
      }
    >
      <p className="mb-3 text-ink-2 text-pretty">{t('deliveries.recoverHint')}</p>
      <DateTimeField
        label={t('deliveries.since')}
        value={since}
        onChange={setSince}
        {...(recover.isError && { error: reasonOf(recover.error) })}
      />
    </Dialog>
  )
}
