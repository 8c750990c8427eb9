/** Fixed, so that two pictures of the kit differ only where the kit does. */
export const PEOPLE = [
  { value: '1', label: 'Ana Souza', hint: 'Sales' },
  { value: '2', label: 'Omar Haddad', hint: 'Support' },
  { value: '3', label: 'Нина Котова', hint: 'Sales' },
  { value: '4', label: 'Zoë Ångström', hint: 'On leave' },
]

export const STAGES = [
  { value: 'new', label: 'New', group: 'Sales' },
  { value: 'talks', label: 'In talks', group: 'Sales' },
  { value: 'offer', label: 'Offer sent', group: 'Sales' },
  { value: 'repair', label: 'Repair', group: 'Service' },
] as const

export interface Deal {
  id: string
  title: string
  contact: string
  stage: string
  amount: number
}

const TITLES = ['Twelve chairs', 'Standing desks', 'Lamp, walnut', 'Office move', 'Repair of a sofa']
const CONTACTS = ['Elena Petrova', 'Tom Baker', 'Nora Lind', 'Кирилл Иванов', 'João Prado']

export const DEALS: Deal[] = Array.from({ length: 2_000 }, (_, index) => ({
  id: String(index + 1),
  title: TITLES[index % TITLES.length]!,
  contact: CONTACTS[(index * 3) % CONTACTS.length]!,
  stage: ['New', 'In talks', 'Offer sent'][index % 3]!,
  amount: ((index * 7_919) % 9_000) + 120,
}))

/** A save that takes its time, or fails. */
export function pretendToSave(willFail = false): Promise<void> {
  return new Promise((resolve, reject) => {
    setTimeout(() => (willFail ? reject(new Error('refused')) : resolve()), 600)
  })
}
