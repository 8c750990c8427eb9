import type { LeadHit, MessageHit, PersonHit } from '@parley/protocol/model'
import { BriefcaseBusiness, NotebookPen } from 'lucide-react'
import { t } from '../../i18n/t.ts'
import { Avatar } from '../Avatar.tsx'
import { format } from '../format.ts'
import { stageColor } from '../hues.ts'
import { Marked } from '../Marked.tsx'
import { useNow } from '../use-now.ts'
import { HitLink } from './HitLink.tsx'
import { leadPath, messagePath, personPath } from './places.ts'

const SECOND = 'truncate text-xs text-ink-3'

export function PersonRow({ hit }: { hit: PersonHit }) {
  const { name, nameMarks, company, companyMarks, phone, phoneMarks, email, emailMarks, contactId, chatId } = hit
  return (
    <HitLink href={personPath(hit)}>
      <Avatar name={name} seed={String(chatId ?? contactId)} size={32} pictureUrl={hit.avatarUrl} />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">
          <Marked text={name} marks={nameMarks} />
        </span>
        <span className={`block ${SECOND}`}>
          {company !== null && <Marked text={company} marks={companyMarks} />}
          {company !== null && (phone !== null || email !== null) && ' · '}
          {phone !== null && <Marked text={phone} marks={phoneMarks} />}
          {phone !== null && email !== null && ' · '}
          {email !== null && <Marked text={email} marks={emailMarks} />}
          {company === null && phone === null && email === null && t('search.noAddress')}
        </span>
      </span>
    </HitLink>
  )
}

export function LeadRow({ hit: { lead, titleMarks, contactMarks } }: { hit: LeadHit }) {
  return (
    <HitLink href={leadPath(lead.id)}>
      <span className="flex size-8 shrink-0 items-center justify-center rounded-full bg-hover text-ink-3">
        <BriefcaseBusiness size={16} aria-hidden="true" />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">
          <Marked text={lead.title} marks={titleMarks} />
        </span>
        <span className={`flex items-center gap-1.5 ${SECOND}`}>
          <span
            aria-hidden="true"
            className="size-2 shrink-0 rounded-full"
            style={{ background: stageColor(lead.stage.hue) }}
          />
          <span className="truncate">
            {lead.isIncoming ? t('search.incoming') : lead.stage.name}
            {lead.contact && (
              <>
                {' · '}
                <Marked text={lead.contact.name} marks={contactMarks} />
              </>
            )}
            {lead.responsible && ` · ${lead.responsible.name}`}
          </span>
        </span>
      </span>
      <span className="shrink-0 text-2xs text-ink-3 tabular-nums">#{lead.id}</span>
    </HitLink>
  )
}

export function MessageRow({ hit }: { hit: MessageHit }) {
  const now = useNow()
  const who = hit.client?.name ?? hit.author.name
  return (
    <HitLink href={messagePath(hit)}>
      {hit.kind === 'note' ? (
        <span className="flex size-8 shrink-0 items-center justify-center rounded-full bg-note text-note-ink">
          <NotebookPen size={16} aria-hidden="true" />
        </span>
      ) : (
        <Avatar
          name={who}
          seed={String(hit.chatId)}
          size={32}
          pictureUrl={hit.client?.avatarUrl}
          {...(hit.channel && { channel: hit.channel })}
        />
      )}
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span className="min-w-0 flex-1 truncate font-medium">
            <bdi>{who}</bdi>
            {hit.author.name !== who && <span className="font-normal text-ink-3"> · {hit.author.name}</span>}
            {hit.kind === 'note' && <span className="font-normal text-note-ink"> · {t('search.note')}</span>}
          </span>
          <time
            dateTime={new Date(hit.at).toISOString()}
            title={format.fullTime(hit.at)}
            className="shrink-0 text-2xs text-ink-3 tabular-nums"
          >
            {format.rowTime(hit.at, now)}
          </time>
        </span>
        <span className="line-clamp-2 text-ink-2">
          <Marked text={hit.text} marks={hit.marks} />
        </span>
      </span>
    </HitLink>
  )
}
