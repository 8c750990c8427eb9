import type { ChannelCard, ChannelRequest, ChannelRequestId, RecordedBody } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Copy, ShieldX, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { requestQuery } from '../../../data/developer/requests.ts'
import { sayAgain } from '../../../i18n/said.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { format, number } from '../../../parts/format.ts'
import { IconButton } from '../../../parts/IconButton.tsx'
import { Problem } from '../../../parts/Notice.tsx'
import { SkeletonRows } from '../../../parts/SkeletonRows.tsx'
import { Tabs } from '../../../parts/Tabs.tsx'
import { CloseButton, Fact } from '../log/Fact.tsx'
import { clockTime, duration } from '../log/log-format.ts'
import { copy, Payload } from '../log/Payload.tsx'
import { StatusMark } from '../log/StatusMark.tsx'
import { toCurl } from './to-curl.ts'

interface Props {
  channel: ChannelCard
  id: ChannelRequestId
  onClose: () => void
}

/** One request: what happened first, then all of it. */
export function RequestDetails({ channel, id, onClose }: Props) {
  const query = useQuery(requestQuery(channel.id, id))
  return (
    <section
      aria-label={t('requests.details')}
      data-pane
      tabIndex={-1}
      className="flex min-h-0 flex-1 flex-col outline-none"
    >
      {query.data ? (
        <Shown channel={channel} request={query.data} onClose={onClose} />
      ) : (
        <>
          <div className="flex justify-end p-2">
            <CloseButton onClose={onClose} />
          </div>
          {query.isError ? (
            <Problem title={t('requests.oneFailed')} error={query.error} onRetry={() => void query.refetch()} />
          ) : (
            <SkeletonRows count={6} height={28} />
          )}
        </>
      )}
    </section>
  )
}

type Part = 'request' | 'answer' | 'headers'

function Shown({ channel, request, onClose }: { channel: ChannelCard; request: ChannelRequest; onClose: () => void }) {
  const [part, setPart] = useState<Part>('request')
  const { method, path, status, body, answer } = request
  return (
    <>
      <header className="flex shrink-0 items-center gap-2 px-4 pt-3 pb-1">
        <StatusMark status={status} />
        <h2 dir="ltr" title={path} className="min-w-0 flex-1 truncate font-mono text-xs">
          <b className="font-semibold">{method}</b> {path}
        </h2>
        <Button size="sm" onClick={() => void copy(toCurl(request, location.origin))}>
          <Copy size={14} aria-hidden="true" />
          {t('requests.curl')}
        </Button>
        <CloseButton onClose={onClose} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <WhatHappened channel={channel} request={request} />
        <Facts request={request} />
        <div className="sticky top-0 border-b border-line bg-surface">
          <Tabs<Part>
            label={t('requests.parts')}
            value={part}
            onChange={setPart}
            tabs={[
              { value: 'request', label: t('requests.request') },
              { value: 'answer', label: t('requests.answer') },
              { value: 'headers', label: t('requests.headers') },
            ]}
          />
        </div>
        <div className="bg-sunken/60">
          {part === 'request' && <Payload label={t('requests.request')} text={body.text} note={noteOf(body)} />}
          {part === 'answer' && <Payload label={t('requests.answer')} text={answer.text} note={noteOf(answer)} />}
          {part === 'headers' && (
            <>
              <Headers label={t('requests.request')} pairs={request.headers} />
              <Headers label={t('requests.answer')} pairs={request.answerHeaders} />
            </>
          )}
        </div>
      </div>
    </>
  )
}

const noteOf = ({ isCut, size, encoding }: RecordedBody): string | undefined =>
  isCut
    ? t('requests.cut', { size: number(size) })
    : encoding === 'base64'
      ? t('requests.binary', { size: number(size) })
      : undefined

/** Of a refusal: why, and where one finds out what to do. */
function WhatHappened({ channel, request }: { channel: ChannelCard; request: ChannelRequest }) {
  const { status, error, errorType, id } = request
  if (status < 400) return null
  const isSignature = errorType === 'ORIGIN_INVALID_SIGNATURE'
  const Icon = isSignature ? ShieldX : TriangleAlert
  return (
    <div role="note" className="mx-4 mt-2 mb-1 rounded-lg bg-bad-soft px-3 py-2.5">
      <p className="flex items-center gap-1.5 font-semibold text-bad">
        <Icon size={15} aria-hidden="true" className="shrink-0" />
        {t(isSignature ? 'requests.signatureWrong' : status >= 500 ? 'requests.ourFault' : 'requests.refused')}
      </p>
      <p className="mt-1 break-words whitespace-pre-line">
        {error ? sayAgain(error) : t('requests.noReason', { status })}
      </p>
      {errorType && (
        <p dir="ltr" className="mt-1 font-mono text-2xs text-ink-2">
          {errorType}
        </p>
      )}
      {isSignature && (
        <Link
          to="/developer/$channelId/$tab"
          params={{ channelId: channel.id, tab: 'lab' }}
          search={{ request: id }}
          className="mt-1.5 inline-block font-medium text-accent-ink hover:underline"
        >
          {t('requests.openInLab')}
        </Link>
      )}
    </div>
  )
}

function Facts({ request }: { request: ChannelRequest }) {
  const { requestId, at, durationMs, amojoId, isMasked } = request
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 px-4 py-2.5">
      <Fact name={t('requests.requestId')}>
        <span dir="ltr" className="truncate font-mono text-xs">
          {requestId}
        </span>
        <IconButton
          label={t('developer.copyThis', { what: t('requests.requestId') })}
          className="-my-2"
          onClick={() => void copy(requestId)}
        >
          <Copy className="!size-[14px]" />
        </IconButton>
      </Fact>
      <Fact name={t('requests.received')}>
        <time dateTime={new Date(at).toISOString()}>
          {format.date(at)}, {clockTime(at, at)}
        </time>
      </Fact>
      <Fact name={t('developer.took')}>{duration(durationMs)}</Fact>
      {amojoId && (
        <Fact name={t('developer.account')}>
          <span dir="ltr" className="truncate font-mono text-xs">
            {amojoId}
          </span>
        </Fact>
      )}
      {isMasked && <Fact name={t('requests.masked')}>{t('requests.maskedHint')}</Fact>}
    </dl>
  )
}

function Headers({ label, pairs }: { label: string; pairs: readonly [string, string][] }) {
  return (
    <section aria-label={label} className="px-4 py-3">
      <h3 className="mb-1 text-2xs text-ink-3">{label}</h3>
      <dl dir="ltr" className="grid grid-cols-[minmax(6rem,auto)_1fr] gap-x-3 gap-y-1 font-mono text-xs">
        {pairs.map(([name, value], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a header may come twice, and nothing moves
          <div key={index} className="contents">
            <dt className="break-words text-ink-2">{name}</dt>
            <dd className="min-w-0 break-all">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
