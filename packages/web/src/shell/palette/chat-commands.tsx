import type { ChatDetails, Me, Pipeline } from '@parley/protocol/model'
import type { QueryClient } from '@tanstack/react-query'
import { CircleUser, Columns3, UserMinus } from 'lucide-react'
import { changeLead } from '../../data/board/endpoints.ts'
import { listPipelines } from '../../data/endpoints.ts'
import { actOnChats, undoBulk } from '../../data/inbox/endpoints.ts'
import { usersQuery } from '../../data/people/queries.ts'
import { keys } from '../../data/query-keys.ts'
import { t } from '../../i18n/t.ts'
import { stageColor } from '../../parts/hues.ts'
import { reasonOf } from '../../parts/Notice.tsx'
import { toast } from '../../parts/toast.ts'
import { UserAvatar } from '../../parts/UserAvatar.tsx'
import type { PaletteItem } from './palette-item.ts'

/** What can be done with the conversation that is open. */
export function chatCommands(client: QueryClient, { chat, lead }: ChatDetails, me: Me): PaletteItem[] {
  if (chat.lead === null) return []
  const hint = chat.client.name
  const assign: PaletteItem = {
    id: 'assign',
    section: 'actions',
    label: t('palette.assign'),
    hint,
    icon: <CircleUser aria-hidden="true" />,
    act: { step: { title: t('palette.assignOf', { name: hint }), load: () => people(client, chat, me) } },
  }
  if (!lead || lead.isIncoming) return [assign]
  return [
    assign,
    {
      id: 'move',
      section: 'actions',
      label: t('palette.move'),
      hint,
      icon: <Columns3 aria-hidden="true" />,
      act: { step: { title: t('palette.moveOf', { name: lead.title }), load: () => stages(client, lead) } },
    },
  ]
}

async function people(client: QueryClient, chat: ChatDetails['chat'], me: Me): Promise<PaletteItem[]> {
  const users = (await client.ensureQueryData(usersQuery)).filter(({ id }) => id !== chat.responsible?.id)
  const mine = users.filter(({ id }) => id === me.user.id)
  const others = users.filter(({ id }) => id !== me.user.id)
  const to = (userId: Me['user']['id'] | null, name: string) => () =>
    attempt(t('palette.assignFailed', { name: chat.client.name }), async () => {
      const { job } = await actOnChats({ ids: [chat.id], action: { type: 'assign', userId } })
      toast({ text: t('palette.assigned', { client: chat.client.name, name }), undo: () => undoBulk(job.id) })
    })
  return [
    ...[...mine, ...others].map(
      (user): PaletteItem => ({
        id: `user-${user.id}`,
        section: 'choices',
        label: user.id === me.user.id ? t('palette.me', { name: user.name }) : user.name,
        hint: user.email,
        icon: <UserAvatar user={user} size={24} />,
        act: { run: to(user.id, user.name) },
      }),
    ),
    ...(chat.responsible === null
      ? []
      : [
          {
            id: 'nobody',
            section: 'choices' as const,
            label: t('palette.nobody'),
            icon: <UserMinus aria-hidden="true" />,
            act: { run: to(null, t('palette.nobody')) },
          },
        ]),
  ]
}

async function stages(client: QueryClient, lead: NonNullable<ChatDetails['lead']>): Promise<PaletteItem[]> {
  const { items } = await client.fetchQuery({
    queryKey: keys.pipelines,
    queryFn: ({ signal }) => listPipelines(signal),
  })
  const own = items.filter(({ id }) => id === lead.pipeline.id)
  const others = items.filter(({ id }) => id !== lead.pipeline.id)
  return [...own, ...others].flatMap((pipeline) => stagesOf(pipeline, lead, items.length > 1))
}

function stagesOf(pipeline: Pipeline, lead: NonNullable<ChatDetails['lead']>, isNamed: boolean): PaletteItem[] {
  return pipeline.stages
    .filter(({ id, kind }) => kind !== 'incoming' && !(id === lead.stage.id && pipeline.id === lead.pipeline.id))
    .map((stage) => ({
      id: `stage-${pipeline.id}-${stage.id}`,
      section: 'choices',
      label: stage.name,
      hint: isNamed ? pipeline.name : undefined,
      icon: <span aria-hidden="true" className="size-2.5 rounded-full" style={{ background: stageColor(stage.hue) }} />,
      act: {
        run: () =>
          attempt(t('palette.moveFailed', { name: lead.title }), async () => {
            const from = { pipelineId: lead.pipeline.id, stageId: lead.stage.id }
            await changeLead(lead.id, { pipelineId: pipeline.id, stageId: stage.id })
            const text = t('palette.moved', { name: lead.title, stage: stage.name })
            toast({ text, undo: () => changeLead(lead.id, from) })
          }),
      },
    }))
}

/** Says what went wrong, with a way to try again. */
async function attempt(title: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const action = { label: t('error.tryAgain'), run: () => void attempt(title, work) }
    toast({ tone: 'bad', text: `${title}: ${reasonOf(error)}`, action })
  }
}
