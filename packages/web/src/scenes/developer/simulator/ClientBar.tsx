import type { ChannelId, SimulatedClient, Simulator, Source } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { Trash2, UserPlus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { request } from '../../../data/api.ts'
import type { SimulatorActs } from '../../../data/developer/simulator.ts'
import { keys } from '../../../data/query-keys.ts'
import { t } from '../../../i18n/t.ts'
import { Avatar } from '../../../parts/Avatar.tsx'
import { Button } from '../../../parts/Button.tsx'
import { Dialog } from '../../../parts/Dialog.tsx'
import { readFormProblem } from '../../../parts/form-problem.ts'
import { IconButton } from '../../../parts/IconButton.tsx'
import { reasonOf } from '../../../parts/Notice.tsx'
import { Select } from '../../../parts/Select.tsx'
import { TextField } from '../../../parts/TextField.tsx'
import { toast } from '../../../parts/toast.ts'

interface Props {
  channelId: ChannelId
  simulator: Simulator
  acts: SimulatorActs
  client: SimulatedClient | undefined
  onChoose: (id: string) => void
}

/** Whose phone it is. */
export function ClientBar({ channelId, simulator, acts, client, onChoose }: Props) {
  const [isAdding, setAdding] = useState(false)
  async function remove(id: string) {
    try {
      await acts.removeClient(id)
    } catch (error) {
      toast({ text: t('simulator.notSet', { reason: reasonOf(error) }), tone: 'bad' })
    }
  }
  return (
    <div className="flex h-12 shrink-0 items-center gap-1.5 border-b border-line px-3">
      {client ? (
        <Select
          label={t('simulator.client')}
          isLabelHidden
          className="min-w-0 flex-1"
          value={client.id}
          onChange={onChoose}
          options={simulator.clients.map(({ id, name, source, avatarUrl }) => ({
            value: id,
            label: source === null ? name : `${name} · ${source}`,
            icon: <Avatar name={name} seed={id} size={18} pictureUrl={avatarUrl && new URL(avatarUrl).pathname} />,
          }))}
        />
      ) : (
        <span className="flex-1 text-sm text-ink-3">{t('simulator.client')}</span>
      )}
      <IconButton label={t('simulator.addClient')} onClick={() => setAdding(true)}>
        <UserPlus />
      </IconButton>
      {client && (
        <IconButton label={t('simulator.removeClient', { name: client.name })} onClick={() => void remove(client.id)}>
          <Trash2 />
        </IconButton>
      )}
      {isAdding && (
        <AddClient
          channelId={channelId}
          acts={acts}
          onClose={() => setAdding(false)}
          onAdded={(id) => {
            onChoose(id)
            setAdding(false)
          }}
        />
      )}
    </div>
  )
}

const AVATARS = ['nora', 'omar', 'ines', 'liam'] as const
const NONE = ''

interface AddProps extends Pick<Props, 'channelId' | 'acts'> {
  onClose: () => void
  onAdded: (id: string) => void
}

function AddClient({ channelId, acts, onClose, onAdded }: AddProps) {
  const [form, setForm] = useState({ name: '', phone: '', avatar: 'nora' as string, source: NONE })
  const [error, setError] = useState<unknown>()
  const { fields, rest } = readFormProblem(error, ['name', 'phone'])
  const sources = useQuery({
    queryKey: keys.sources(channelId),
    queryFn: ({ signal }) => request<{ items: Source[] }>('GET', `/channels/${channelId}/sources`, undefined, signal),
    select: ({ items }) => items,
  })

  async function add(event: FormEvent) {
    event.preventDefault()
    try {
      const { name, phone, avatar, source } = form
      const made = await acts.addClient({ name, phone: phone || null, avatar: avatar || null, source: source || null })
      onAdded(made.id)
    } catch (refusal) {
      setError(refusal)
    }
  }

  return (
    <Dialog
      isOpen
      isKept
      onClose={onClose}
      title={t('simulator.addClient')}
      footer={
        <Button look="primary" type="submit" form="add-client" disabled={form.name.trim() === ''}>
          {t('simulator.add')}
        </Button>
      }
    >
      <form id="add-client" onSubmit={(event) => void add(event)} className="flex flex-col gap-3">
        <TextField
          label={t('simulator.name')}
          value={form.name}
          maxLength={100}
          onChange={(name) => setForm({ ...form, name })}
          error={fields.name ?? rest}
        />
        <TextField
          label={t('simulator.phoneNumber')}
          type="tel"
          value={form.phone}
          onChange={(phone) => setForm({ ...form, phone })}
          error={fields.phone}
        />
        <Select
          label={t('simulator.picture')}
          value={form.avatar}
          onChange={(avatar) => setForm({ ...form, avatar })}
          options={[
            ...AVATARS.map((name, index) => ({
              value: name as string,
              label: t('simulator.pictureNo', { number: index + 1 }),
              icon: <Avatar name={name} size={18} pictureUrl={`/samples/${name}.png`} />,
            })),
            { value: NONE, label: t('simulator.noPicture') },
          ]}
        />
        <Select
          label={t('simulator.source')}
          value={form.source}
          onChange={(source) => setForm({ ...form, source })}
          options={[
            { value: NONE, label: t('simulator.noSource') },
            ...(sources.data ?? []).map(({ externalId, name }) => ({ value: externalId, label: name })),
          ]}
        />
      </form>
    </Dialog>
  )
}
