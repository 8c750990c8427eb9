import type { Chat, Lead, Pipeline } from '@parley/protocol/model'
import { Link } from '@tanstack/react-router'
import { Mail, Maximize2, Phone } from 'lucide-react'
import type { ReactNode } from 'react'
import { useMe, usePipelines } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { Avatar } from '../../parts/Avatar.tsx'
import { ChannelMark } from '../../parts/ChannelMark.tsx'
import { format, longDuration, money } from '../../parts/format.ts'
import { stageColor } from '../../parts/hues.ts'
import { UserAvatar } from '../../parts/UserAvatar.tsx'
import { useNow } from '../../parts/use-now.ts'
import type { Reachable } from '../conversation/write-first/use-write-first.ts'
import { WriteFirst } from '../conversation/write-first/WriteFirst.tsx'
import { IncomingCard } from './IncomingCard.tsx'
import { StageDot } from './StageDot.tsx'

interface Props {
  lead: Lead
  /** Whose picture stands for the contact. */
  client: Chat['client']
  /** Another conversation opens: what lies over it should go. */
  onLeave: () => void
}

/** The lead beside the conversation: what it is worth, where it stands, whom it is with. */
export function LeadCard({ lead, client, onLeave }: Props) {
  const { account } = useMe()
  const { data: pipelines } = usePipelines(true)
  const pipeline = pipelines?.items.find((one) => one.id === lead.pipeline.id)
  return (
    <div className="text-sm">
      <div className="px-4 pt-3.5 pb-3.5">
        <Link
          to="/leads/$leadId"
          params={{ leadId: String(lead.id) }}
          className="tnum flex w-fit items-center gap-1 rounded-sm text-2xs text-ink-3 underline-offset-2 hover:text-ink hover:underline"
        >
          {t('lead.number', { id: String(lead.id) })}
          <span className="sr-only">. {t('lead.openPage')}</span>
          <Maximize2 size={11} aria-hidden="true" />
        </Link>
        <h2
          dir="auto"
          className="w-fit max-w-[calc(100%-2rem)] text-lg leading-snug font-semibold tracking-[-.01em] [overflow-wrap:anywhere] xl:max-w-full"
        >
          {lead.title}
        </h2>
        {lead.price > 0 && (
          <p className="tnum mt-1 text-xl font-semibold tracking-[-.02em]">{money(lead.price, account.currency)}</p>
        )}
        {lead.isIncoming ? <IncomingCard lead={lead} /> : <StageState lead={lead} pipeline={pipeline} />}
      </div>
      <Details lead={lead} />
      <ContactPart lead={lead} client={client} onLeave={onLeave} />
    </div>
  )
}

function StageState({ lead, pipeline }: { lead: Lead; pipeline: Pipeline | undefined }) {
  const now = useNow()
  return (
    <>
      <StageBar lead={lead} pipeline={pipeline} />
      <p className="mt-2 flex items-center gap-2">
        <StageDot hue={lead.stage.hue} />
        <span dir="auto" className="truncate font-medium">
          {lead.stage.name}
        </span>
        <span className="shrink-0 text-ink-3">
          {t('lead.inStage', { time: longDuration(Math.max(0, now - lead.stageSince)) })}
        </span>
      </p>
    </>
  )
}

/** The way a lead goes, drawn as far as it came. A lost lead left it. */
function StageBar({ lead, pipeline }: { lead: Lead; pipeline: Pipeline | undefined }) {
  const way = pipeline?.stages.filter((stage) => stage.kind === 'open' || stage.kind === 'won') ?? []
  const index = way.findIndex((stage) => stage.id === lead.stage.id)
  if (index === -1) return null
  return (
    <div
      role="img"
      aria-label={t('lead.stageOf', { index: index + 1, count: way.length, name: lead.stage.name })}
      className="mt-3 flex gap-[3px]"
    >
      {way.map((stage, position) => (
        <span
          key={stage.id}
          className="h-1.5 flex-1 first:rounded-s-full last:rounded-e-full"
          style={{ background: position <= index ? stageColor(lead.stage.hue) : 'var(--press)' }}
        />
      ))}
    </div>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-t border-line px-4 py-3">
      <h3 className="mb-1.5 flex h-6 items-center text-xs font-semibold text-ink-2">{title}</h3>
      {children}
    </section>
  )
}

function Field({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid min-h-[30px] grid-cols-[104px_1fr] items-center gap-2">
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 py-1">{children}</dd>
    </div>
  )
}

function Details({ lead }: { lead: Lead }) {
  const { source, responsible } = lead
  return (
    <Part title={t('lead.details')}>
      <dl>
        <Field name={t('lead.responsible')}>
          {responsible ? (
            <span className="flex items-center gap-1.5">
              <UserAvatar user={responsible} size={18} />
              <bdi className="truncate">{responsible.name}</bdi>
            </span>
          ) : (
            <span className="text-ink-3">{t('inbox.unassigned')}</span>
          )}
        </Field>
        <Field name={t('lead.source')}>
          {source ? (
            <span className="flex items-start gap-1.5">
              <span className="mt-0.5">
                <ChannelMark channel={{ code: source.channelCode, title: source.channelTitle }} size={15} />
              </span>
              <span className="min-w-0 [overflow-wrap:anywhere]">
                <bdi>{source.channelTitle}</bdi>
                {source.externalId !== null && (
                  <span className="text-ink-3">
                    {' · '}
                    <bdi>{source.externalId}</bdi>
                  </span>
                )}
              </span>
            </span>
          ) : (
            <span className="text-ink-3">{t('lead.unset')}</span>
          )}
        </Field>
        <Field name={t('lead.pipeline')}>
          <bdi className="[overflow-wrap:anywhere]">{lead.pipeline.name}</bdi>
        </Field>
        <Field name={t('lead.created')}>
          <time
            dateTime={new Date(lead.createdAt).toISOString()}
            title={format.fullTime(lead.createdAt)}
            className="tnum"
          >
            {format.date(lead.createdAt)}
          </time>
        </Field>
      </dl>
    </Part>
  )
}

function ContactPart({ lead, client, onLeave }: Props) {
  const { contact } = lead
  if (!contact) {
    return (
      <Part title={t('lead.contact')}>
        <p className="text-ink-3">{t('lead.noContact')}</p>
      </Part>
    )
  }
  return (
    <Part title={t('lead.contact')}>
      <p className="flex items-center gap-2.5">
        <Avatar name={contact.name} seed={client.id} size={32} pictureUrl={client.avatarUrl} />
        <span dir="auto" className="min-w-0 truncate font-medium">
          {contact.name}
        </span>
      </p>
      <div className="mt-2 space-y-0.5">
        {contact.phone !== null && <PhoneLine contact={{ ...contact, phone: contact.phone }} onLeave={onLeave} />}
        {contact.email !== null && (
          <a
            href={`mailto:${encodeURIComponent(contact.email).replace('%40', '@')}`}
            className="flex min-h-7 items-center gap-2 rounded-sm underline-offset-2 hover:underline"
          >
            <Mail size={14} aria-hidden="true" className="shrink-0 text-ink-3" />
            <bdi className="truncate">{contact.email}</bdi>
          </a>
        )}
      </div>
    </Part>
  )
}

function PhoneLine({ contact, onLeave }: { contact: Reachable; onLeave: () => void }) {
  return (
    <div className="flex min-h-7 flex-wrap items-center justify-between gap-x-2 gap-y-1">
      <a
        href={`tel:${contact.phone.replaceAll(/[^\d+]/g, '')}`}
        className="tnum flex min-h-7 min-w-0 items-center gap-2 rounded-sm underline-offset-2 hover:underline"
      >
        <Phone size={14} aria-hidden="true" className="shrink-0 text-ink-3" />
        <bdi className="truncate">{contact.phone}</bdi>
      </a>
      <WriteFirst key={contact.id} contact={contact} onLeave={onLeave} />
    </div>
  )
}
