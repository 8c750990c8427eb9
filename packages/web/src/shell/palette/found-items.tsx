import type { LeadHit, MessageHit, PersonHit, SearchAnswer, TextRange } from '@parley/protocol/model'
import { ArrowRight, BriefcaseBusiness, NotebookPen } from 'lucide-react'
import { t } from '../../i18n/t.ts'
import { Avatar } from '../../parts/Avatar.tsx'
import { format } from '../../parts/format.ts'
import type { Places } from '../../parts/search/places.ts'
import type { PaletteItem } from './palette-item.ts'

const AVATAR = 24

interface Given {
  q: string
  places: Places
  now: number
}

/** What a search found, as rows of the palette; the last of each kind leads to all of it. */
export function foundItems(answer: SearchAnswer, given: Given): PaletteItem[] {
  const { people, leads, messages } = answer
  return [
    ...(people?.items ?? []).map((hit) => personItem(hit, given)),
    ...(leads?.items ?? []).map((hit) => leadItem(hit, given)),
    ...(messages?.items ?? []).map((hit) => messageItem(hit, given)),
    ...(messages?.total.isMore || people?.total.isMore || leads?.total.isMore ? [allItem(given)] : []),
  ]
}

function personItem(hit: PersonHit, { places }: Given): PaletteItem {
  const [hint, hintMarks] = reachedBy(hit)
  return {
    id: `person-${hit.contactId ?? hit.chatId}`,
    section: 'people',
    label: hit.name,
    labelMarks: hit.nameMarks,
    hint,
    hintMarks,
    icon: (
      <Avatar name={hit.name} seed={String(hit.chatId ?? hit.contactId)} size={AVATAR} pictureUrl={hit.avatarUrl} />
    ),
    act: { run: () => places.goToPerson(hit) },
  }
}

/** That of both which was looked for, else whichever there is. */
function reachedBy({ phone, phoneMarks, email, emailMarks }: PersonHit): [string | undefined, TextRange[] | undefined] {
  if (email !== null && (emailMarks.length > 0 || phone === null)) return [email, emailMarks]
  return phone === null ? [undefined, undefined] : [phone, phoneMarks]
}

function leadItem({ lead, titleMarks, contactMarks }: LeadHit, { places }: Given): PaletteItem {
  const contact = lead.contact && lead.contact.name !== lead.title ? lead.contact.name : undefined
  const stage = lead.isIncoming ? t('palette.incoming') : lead.stage.name
  return {
    id: `lead-${lead.id}`,
    section: 'leads',
    label: lead.title,
    labelMarks: titleMarks,
    hint: contact === undefined ? stage : `${contact} · ${stage}`,
    hintMarks: contact === undefined ? [] : contactMarks,
    aside: `#${lead.id}`,
    icon: <BriefcaseBusiness aria-hidden="true" />,
    act: { run: () => places.goToLead(lead.id) },
  }
}

function messageItem(hit: MessageHit, { places, now }: Given): PaletteItem {
  const who = hit.client?.name ?? hit.author.name
  return {
    id: `${hit.kind}-${hit.id}`,
    section: 'messages',
    label: hit.text.replaceAll(/\s/g, ' '),
    labelMarks: hit.marks,
    hint: hit.author.name === who ? who : `${who} · ${hit.author.name}`,
    aside: format.rowTime(hit.at, now),
    icon:
      hit.kind === 'note' ? (
        <NotebookPen aria-hidden="true" />
      ) : (
        <Avatar name={who} seed={String(hit.chatId)} size={AVATAR} pictureUrl={hit.client?.avatarUrl} />
      ),
    act: { run: () => places.goToMessage(hit) },
  }
}

function allItem({ q, places }: Given): PaletteItem {
  return {
    id: 'all',
    section: 'messages',
    label: t('palette.all', { q }),
    icon: <ArrowRight aria-hidden="true" />,
    act: { run: () => places.goToSearch(q) },
  }
}
