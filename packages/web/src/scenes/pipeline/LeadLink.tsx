import type { LeadCard } from '@parley/protocol/model'
import { Link } from '@tanstack/react-router'
import type { ComponentProps } from 'react'
import type { BoardSearch } from '../../data/board/board-search.ts'

interface Props extends Omit<ComponentProps<'a'>, 'href'> {
  card: Pick<LeadCard, 'lead'>
}

/** Opens the lead over the board: a step in the browser's history, so going back closes it. */
export function LeadLink({ card, ...props }: Props) {
  const search = (before: BoardSearch): BoardSearch => ({ ...before, lead: card.lead.id })
  const link = { ...props, to: '.', search, draggable: false } as unknown as ComponentProps<typeof Link>
  return <Link {...link} />
}
