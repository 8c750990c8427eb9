/** Who writes to the company of the pictures, through which channel, and what was said. `>` begins an answer of ours. */
export interface DemoClient {
  name: string
  channel: number
  /** One of the pictures that the simulator's clients have, too. */
  picture?: 'nora' | 'ines' | 'liam' | 'omar'
  phone?: string
  email?: string
  /** Minutes ago that the conversation ended. */
  endedMin: number
  lines: readonly string[]
  /** Absent: nobody has taken it yet. */
  lead?: { title: string; price: number; stage: number; owner: 'admin' | 'manager' | 'tom'; tags?: readonly string[] }
}

export const CHANNELS = ['Harbor WhatsApp', 'Harbor Telegram', 'Instagram', 'Site chat'] as const

export const TAGS = ['Wholesale', 'Repeat', 'Urgent', 'Service'] as const

export const CLIENTS: readonly DemoClient[] = [
  {
    name: 'Nora Lind',
    channel: 0,
    picture: 'nora',
    phone: '+46700000055',
    email: 'nora@example.net',
    endedMin: 3,
    lines: [
      'Hello! Is the blue bike still in stock?',
      '> Hello Nora, yes: two in size M and one in L.',
      'Great. I am 178 cm, which one would fit?',
      '> M for a sporty seat, L if you like to sit upright.',
      'Then M. Could you hold it until Saturday?',
    ],
    lead: { title: 'Blue city bike, size M', price: 890, stage: 1, owner: 'manager', tags: ['Repeat'] },
  },
  {
    name: 'Tomás Herrera',
    channel: 1,
    picture: 'omar',
    phone: '+34612345678',
    endedMin: 11,
    lines: ['Buenas, ¿hacéis envíos a Valencia?', '> Sí, en tres días laborables.', '¿Y cuánto cuesta?'],
    lead: { title: 'Envío a Valencia', price: 1240, stage: 2, owner: 'tom' },
  },
  {
    name: 'Ирина Соколова',
    channel: 1,
    phone: '+79161234567',
    endedMin: 18,
    lines: ['Добрый день! Можно ли поменять седло на более мягкое?', 'И сколько это займёт времени?'],
  },
  {
    name: 'Marie Keller',
    channel: 3,
    email: 'marie@example.org',
    endedMin: 26,
    lines: ['Hi, my order 20931 has not arrived yet. Can you look where it is?'],
  },
  {
    name: 'João Pereira',
    channel: 0,
    phone: '+351912345678',
    endedMin: 41,
    lines: [
      'Olá! Têm capacetes para crianças?',
      '> Temos três modelos a partir de 29 euros.',
      'Perfeito, passo aí amanhã.',
    ],
    lead: { title: 'Capacete para criança', price: 58, stage: 4, owner: 'manager', tags: ['Repeat'] },
  },
  {
    name: 'Lena Brandt',
    channel: 2,
    endedMin: 65,
    lines: ['Saw your story: is the cargo bike also there with a rain cover?'],
  },
  {
    name: 'Oskar Nyberg',
    channel: 0,
    picture: 'liam',
    phone: '+46700000123',
    endedMin: 90,
    lines: [
      'We are a delivery company and need 12 cargo bikes.',
      '> Good morning Oskar, what distance does one of them do a day?',
      'About 60 km.',
      '> Then the two-battery model. I will send an offer today.',
      'Offer received, thank you. We decide on Monday.',
    ],
    lead: {
      title: '12 cargo bikes for deliveries',
      price: 46800,
      stage: 3,
      owner: 'manager',
      tags: ['Wholesale', 'Urgent'],
    },
  },
  {
    name: 'Amira Haddad',
    channel: 3,
    picture: 'ines',
    email: 'amira@example.com',
    endedMin: 150,
    lines: ['Is the workshop open on Sundays?', '> From 10 to 14, without an appointment.', 'Thank you!'],
    lead: { title: 'Workshop: brake service', price: 120, stage: 5, owner: 'tom', tags: ['Service'] },
  },
  {
    name: 'Peter Novak',
    channel: 2,
    endedMin: 240,
    lines: ['Do you rent bikes for a weekend?', '> We do, from 25 a day.', 'Too expensive for me, sorry.'],
    lead: { title: 'Weekend rental', price: 75, stage: 6, owner: 'tom' },
  },
  {
    name: 'Sofia Rossi',
    channel: 0,
    phone: '+393331234567',
    endedMin: 320,
    lines: ['Good evening, can I test the gravel bike?', '> Of course. Thursday at five?', 'See you then.'],
    lead: { title: 'Gravel bike, test ride', price: 2190, stage: 1, owner: 'admin' },
  },
  {
    name: 'Kim Larsen',
    channel: 1,
    endedMin: 500,
    lines: ['The bell of my bike broke. Is that under warranty?', '> Yes, we send you a new one.'],
    lead: { title: 'Warranty: bell', price: 0, stage: 5, owner: 'manager', tags: ['Service'] },
  },
  {
    name: 'Elif Demir',
    channel: 0,
    phone: '+905321234567',
    endedMin: 700,
    lines: ['Hello, two e-bikes for my parents, please advise.', '> Gladly! How tall are they?'],
    lead: { title: 'Two e-bikes', price: 5400, stage: 2, owner: 'manager', tags: ['Urgent'] },
  },
]
